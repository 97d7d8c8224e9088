package dev.selvage.search;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Sql;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class SearchRepository {
    /** Of each kind that many, the newest, are ranked: a frequent word would else be ranked for seconds. */
    static final int RANKED = 500;

    /** What remains of a search without its stop words may ask for nothing, or only leave out (T). */
    private static final String HITS = """
            SELECT kind, id, rank
              FROM (SELECT 'fabric' AS kind, id::text COLLATE "C" AS id, rank FROM fabrics_ranked($1, %1$d)
                     WHERE 'fabric' = ANY ($2) AND querytree(to_tsquery('english', $1)) NOT IN ('', 'T')
                    UNION ALL
                    SELECT 'inventory_item', id::text, rank FROM inventory_items_ranked($1, %1$d)
                     WHERE 'inventory_item' = ANY ($2) AND querytree(to_tsquery('english', $1)) NOT IN ('', 'T')
                    UNION ALL
                    SELECT 'event', id::text, rank FROM events_ranked($1, %1$d)
                     WHERE 'event' = ANY ($2) AND querytree(to_tsquery('english', $1)) NOT IN ('', 'T')
                    UNION ALL
                    SELECT 'consignor', id::text, rank FROM consignors_ranked($1, %1$d)
                     WHERE 'consignor' = ANY ($2)
                    UNION ALL
                    SELECT 'order', id::text, rank FROM orders_ranked($1, %1$d)
                     WHERE 'order' = ANY ($2)
                    UNION ALL
                    SELECT 'calendar_entry', id::text, rank FROM content_calendar_ranked($1, %1$d)
                     WHERE 'calendar_entry' = ANY ($2)) AS hits
            """.formatted(RANKED);

    static final Sql FIND = Sql.of(HITS + " ORDER BY rank DESC, kind, id LIMIT $3");

    static final Sql FIND_AFTER = Sql.of(HITS + """
             WHERE rank < $4 OR (rank = $4 AND (kind, id) > ($5, $6))
             ORDER BY rank DESC, kind, id LIMIT $3""");

    static final Sql WORDS_IN_USE = Sql.of("SELECT word FROM words_in_use($1, $2) AS word");

    /** Marks that no text keeps and no HTML is made of. */
    static final char START = '\u0002';

    static final char STOP = '\u0003';

    /** The best passage of each, under the viewer's own rights. */
    static final Sql HIGHLIGHTS = Sql.of("""
            SELECT kind, id, ts_headline(configuration, translate(passages, chr(2) || chr(3), ''), to_tsquery(configuration, $1),
                                         'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=30, MinWords=10')
              FROM (SELECT 'fabric' AS kind, id::text AS id, 'english'::regconfig AS configuration,
                           concat_ws(' · ', name, category, subcategory,
                                     (SELECT string_agg(tag, ' · ') FROM jsonb_array_elements_text(tags) AS tag),
                                     composition, left(description, 4000)) AS passages
                      FROM fabrics WHERE id = ANY ($2)
                    UNION ALL
                    SELECT 'inventory_item', id::text, 'english', concat_ws(' · ', name, category, size, left(description, 4000))
                      FROM inventory_items WHERE id = ANY ($3)
                    UNION ALL
                    SELECT 'event', id::text, 'english', concat_ws(' · ', name, location, left(description, 4000))
                      FROM events WHERE id = ANY ($4)
                    UNION ALL
                    SELECT 'consignor', id::text, 'simple', concat_ws(' · ', name, email, number, phone)
                      FROM consignors WHERE id = ANY ($5)
                    UNION ALL
                    SELECT 'order', id::text, 'words',
                           concat_ws(' · ', customer_name, customer_email, etsy_order_id, tracking_number,
                                     (SELECT string_agg(line ->> 'name', ' · ') FROM jsonb_array_elements(items) AS line))
                      FROM orders WHERE id = ANY ($6)
                    UNION ALL
                    SELECT 'calendar_entry', id::text, 'words',
                           concat_ws(' · ', title,
                                     (SELECT string_agg(hashtag, ' ') FROM jsonb_array_elements_text(hashtags) AS hashtag),
                                     left(description, 4000))
                      FROM content_calendar WHERE id = ANY ($7)) AS found""");

    private final Database database;

    SearchRepository(Database database) {
        this.database = database;
    }

    /** The best ones. */
    Mono<List<SearchHit>> find(String tsquery, Collection<SearchKind> kinds, int most) {
        return database.query(FIND.with(tsquery, words(kinds), most), row -> toHit(tsquery, row));
    }

    /** Those that come behind this one. */
    Mono<List<SearchHit>> findAfter(String tsquery, Collection<SearchKind> kinds, int most, SearchHit last) {
        return database.query(
                FIND_AFTER.with(
                        tsquery, words(kinds), most, last.rank(), last.kind().word(), last.key()),
                row -> toHit(tsquery, row));
    }

    /** Those of the words that occur in what the viewer may search. */
    Mono<List<String>> wordsInUse(Collection<String> candidates, Collection<SearchKind> kinds) {
        return database.query(WORDS_IN_USE.with(candidates.toArray(String[]::new), words(kinds)), Columns::text);
    }

    /** @param text with the found words between {@link #START} and {@link #STOP}, and otherwise as it was written */
    record Passage(SearchKind kind, String key, String text) {}

    /** The best passage of each of these hits, which were found by the same words. */
    Mono<List<Passage>> passages(String tsquery, Collection<SearchHit> hits) {
        return database.query(
                HIGHLIGHTS.with(
                        tsquery,
                        uuids(hits, SearchKind.FABRIC),
                        numbers(hits, SearchKind.INVENTORY_ITEM),
                        numbers(hits, SearchKind.EVENT),
                        numbers(hits, SearchKind.CONSIGNOR),
                        uuids(hits, SearchKind.ORDER),
                        uuids(hits, SearchKind.CALENDAR_ENTRY)),
                row -> new Passage(row.word(SearchKind.class), row.text(), row.text()));
    }

    private static SearchHit toHit(String tsquery, Columns row) {
        return new SearchHit(tsquery, row.word(SearchKind.class), row.text(), row.real());
    }

    private static String[] words(Collection<SearchKind> kinds) {
        return kinds.stream().map(SearchKind::word).toArray(String[]::new);
    }

    private static UUID[] uuids(Collection<SearchHit> hits, SearchKind kind) {
        return hits.stream()
                .filter(hit -> hit.kind() == kind)
                .map(hit -> UUID.fromString(hit.key()))
                .toArray(UUID[]::new);
    }

    private static Long[] numbers(Collection<SearchHit> hits, SearchKind kind) {
        return hits.stream()
                .filter(hit -> hit.kind() == kind)
                .map(hit -> Long.valueOf(hit.key()))
                .toArray(Long[]::new);
    }
}
