package dev.selvage.calendar;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Viewer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
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

    private final Database database;

    CalendarEntryRepository(Database database) {
        this.database = database;
    }

    Mono<List<CalendarEntry>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), CalendarEntryRepository::toEntry);
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
