package dev.selvage.calendar;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@Repository
class CalendarEntryRepository {
    private static final String COLUMNS = """
            id, version, user_id, platform, content_type, title, description, media_urls, hashtags, scheduled_date, published, \
            published_date, engagement_metrics, created_at, updated_at""";

    static final Listing<CalendarEntry> ENTRIES = Listing.of(
                    "content_calendar", COLUMNS, CalendarEntryRepository::toEntry, UUID.class, CalendarEntry::id)
            .filter("platform", Filter.oneOf("platform"))
            .filter("contentType", Filter.oneOf("content_type"))
            .filter("published", Filter.flag("published"))
            .filter("scheduledDate", Filter.duringIfSet("scheduled_sort"))
            .search("content_calendar_matching", "words")
            .sort("SCHEDULED_DATE", "scheduled_sort", Instant.class)
            .sort("CREATED_AT", "created_at", Instant.class)
            .branches(CalendarEntryRepository::branches);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM content_calendar WHERE id = ANY ($1)".formatted(COLUMNS));

    static final Table<UUID, CalendarEntry> ENTRY = Table.of(
                    "content_calendar", COLUMNS, CalendarEntryRepository::toEntry, CalendarEntry.class, UUID.class)
            .ownedBy("user_id = (SELECT viewer_id())");

    static final Writing WRITING = ENTRY.writing()
            .word("platform", "platform")
            .word("contentType", "content_type")
            .text("title", "title")
            .text("description", "description")
            .texts("mediaUrls", "media_urls")
            .texts("hashtags", "hashtags")
            .instant("scheduledDate", "scheduled_date");

    static final Sql PUBLISH_NOW = ENTRY.update(CalendarEntryRules.PUBLISH, "published = true, published_date = now()");
    static final Sql PUBLISH_AT = ENTRY.update(CalendarEntryRules.PUBLISH, "published = true, published_date = $3");
    static final Sql DELETE = ENTRY.delete(CalendarEntryRules.DELETE);

    /** {@code $2} are the figures that it names, {@code $3} those of them that are known, and {@code $4} what they are. */
    static final Sql RECORD_ENGAGEMENT = Sql.of("""
            UPDATE content_calendar
               SET engagement_metrics = nullif(
                       (coalesce(engagement_metrics, '{}') - $2::text[]) || coalesce(
                           (SELECT jsonb_object_agg(name, figure) FROM unnest($3::text[], $4::int[]) known (name, figure)),
                           '{}'),
                       '{}')
             WHERE id = $1
            RETURNING %s""".formatted(COLUMNS));

    private final Database database;

    CalendarEntryRepository(Database database) {
        this.database = database;
    }

    Mono<List<CalendarEntry>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), CalendarEntryRepository::toEntry);
    }

    Mono<Payload<CalendarEntry>> insert(Input input) {
        return ENTRY.insert(database, input, WRITING);
    }

    Mono<Payload<CalendarEntry>> update(Input input) {
        return ENTRY.change(database, input, CalendarEntryRules.UPDATE, WRITING);
    }

    /** @param at null for now */
    Mono<Payload<CalendarEntry>> publish(Input input, @Nullable Instant at) {
        return at == null
                ? ENTRY.change(database, input, CalendarEntryRules.PUBLISH, PUBLISH_NOW)
                : ENTRY.change(database, input, CalendarEntryRules.PUBLISH, PUBLISH_AT, at);
    }

    /** @return the entry that there was */
    Mono<Payload<CalendarEntry>> delete(Input input) {
        return ENTRY.change(database, input, CalendarEntryRules.DELETE, DELETE);
    }

    /**
     * With other figures; none if it is not there.
     *
     * @param forgotten names of those that are not known any more
     */
    Mono<List<CalendarEntry>> recordEngagement(UUID id, Map<String, Integer> known, Collection<String> forgotten) {
        var names = known.keySet().toArray(String[]::new);
        var named = Stream.concat(Stream.of(names), forgotten.stream()).toArray(String[]::new);
        var figures = known.values().toArray(Integer[]::new);
        return database.query(RECORD_ENGAGEMENT.with(id, named, names, figures), CalendarEntryRepository::toEntry);
    }

    private static List<Branch> branches(Viewer viewer) {
        var own = viewer.readsAll(Scope.READ_CALENDAR) ? null : "user_id = (SELECT viewer_id())";
        return List.of(new Branch("published", true, own), new Branch("published", false, own));
    }

    private static CalendarEntry toEntry(Columns row) {
        return new CalendarEntry(
                row.uuid(),
                row.integer(),
                row.uuid(),
                row.word(Platform.class),
                row.word(ContentType.class),
                row.text(),
                row.textOrNull(),
                row.texts(),
                row.texts(),
                row.instantOrNull(),
                row.bool(),
                row.instantOrNull(),
                row.objectOrNull(CalendarEntryRepository::toEngagement),
                row.instant(),
                row.instant());
    }

    private static Engagement toEngagement(JsonNode figures) {
        return new Engagement(
                figure(figures, "impressions"),
                figure(figures, "reach"),
                figure(figures, "likes"),
                figure(figures, "comments"),
                figure(figures, "shares"),
                figure(figures, "saves"),
                figure(figures, "clicks"));
    }

    private static @Nullable Integer figure(JsonNode figures, String name) {
        return figures.has(name) ? figures.path(name).intValue() : null;
    }
}
