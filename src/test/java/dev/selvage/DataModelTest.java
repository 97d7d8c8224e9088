package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.util.Arrays;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That tables, columns and indexes are those of the two systems which this schema unites. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class DataModelTest {
    /** The fields of the consignment-sale application and of the fabric shop. Ours may be more. */
    private static final String FIELDS = """
            consignors       | id user_id name email phone address preferred_contact created_at updated_at
            events           | id name description start_date end_date location max_consignors drop_off_start drop_off_end
            events           | pick_up_start pick_up_end status created_at updated_at
            inventory_items  | id user_id event_id name description category size price condition status barcode
            inventory_items  | created_at updated_at
            users            | id email name role email_verified image created_at updated_at
            fabrics          | id name description category subcategory price weight width composition care_instructions
            fabrics          | in_stock stock_quantity images etsy_listing_id tags created_at updated_at
            content_calendar | id user_id platform content_type title description media_urls scheduled_date published
            content_calendar | published_date engagement_metrics hashtags created_at updated_at
            orders           | id customer_email customer_name items total_amount status etsy_order_id shipping_address
            orders           | tracking_number notes created_at updated_at
            analytics        | id metric_type metric_value date platform created_at
            """;

    /** The indexes that they name: table and first column. E-mail addresses are unique by their key: trimmed, folded. */
    private static final String INDEXES = """
            users_email_idx       | users            | email_key      | unique
            fabrics_category_idx  | fabrics          | category       |
            content_scheduled_idx | content_calendar | scheduled_date |
            orders_status_idx     | orders           | status         |
            analytics_date_idx    | analytics        | date           |
            """;

    private final TestDatabase database;

    DataModelTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyFieldOfTheTwoSystemsIsAColumn() {
        SoftAssertions.assertSoftly(softly -> FIELDS.lines().forEach(line -> {
            var cells = cells(line);
            var columns = database.query(
                    "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped",
                    row -> row.getString(1),
                    cells[0]);
            softly.assertThat(columns).as(cells[0]).contains(cells[1].split(" "));
        }));
    }

    @Test
    void theIndexesThatTheyNameAreThere() {
        SoftAssertions.assertSoftly(softly -> INDEXES.lines().forEach(line -> {
            var cells = cells(line);
            var found = database.query(
                    """
                    SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true), indisunique
                      FROM pg_index
                     WHERE indexrelid = to_regclass(?)
                    """, row -> row.getString(1) + " " + row.getString(2) + " " + row.getBoolean(3), cells[0]);
            softly.assertThat(found)
                    .as(cells[0])
                    .containsExactly(cells[1] + " " + cells[2] + " " + cells[3].equals("unique"));
        }));
    }

    /**
     * Found by its leading columns: all of the key's, or those that already are a key of the other table, because the
     * rest of such a foreign key is a copy that is kept in step.
     */
    @Test
    void everyForeignKeyIsFoundByAnIndex() {
        var keys = "SELECT %s FROM pg_constraint foreign_key WHERE contype = 'f' %s ORDER BY 1";
        var indexed = """
                AND NOT EXISTS (
                    SELECT FROM pg_index, generate_series(1, indnkeyatts) places
                     WHERE indrelid = conrelid AND indisvalid
                       -- A key is never looked for as NULL.
                       AND (indpred IS NULL OR pg_get_expr(indpred, indrelid) = (
                            SELECT format('(%I IS NOT NULL)', attname) FROM pg_attribute
                             WHERE attrelid = conrelid AND attnum = indkey[0]))
                       AND (SELECT bool_and(place = ANY (conkey)) FROM unnest((indkey::smallint[])[0:places - 1]) place)
                       AND EXISTS (
                           SELECT FROM pg_index other
                            WHERE other.indrelid = confrelid AND other.indisunique
                              AND ARRAY(SELECT confkey[array_position(conkey, place)]
                                          FROM unnest((pg_index.indkey::smallint[])[0:places - 1]) place)
                                  @> other.indkey::smallint[]))
                """;
        var all = database.query(keys.formatted("conname", ""), row -> row.getString(1));
        var without = database.query(keys.formatted("conname", indexed), row -> row.getString(1));

        assertThat(all).hasSizeGreaterThan(5);
        assertThat(without).isEmpty();
    }

    /**
     * A constraint's name reaches callers as an error code, so none is PostgreSQL's own: table, columns, and check, key,
     * fkey or excl with a number if need be.
     */
    @Test
    void everyConstraintIsNamedByUs() {
        var generated = database.query("""
                SELECT conrelid::regclass || ': ' || conname
                  FROM pg_constraint
                 WHERE contype IN ('c', 'u', 'f', 'x', 't') AND connamespace = 'public'::regnamespace
                   AND conrelid <> 'flyway_schema_history'::regclass
                   AND (conname ~ '_(check|key|excl)[0-9]*$'
                        OR conname ~ ('^' || conrelid::regclass || '_'
                                      || (SELECT string_agg(attname, '_' ORDER BY place)
                                            FROM unnest(conkey) WITH ORDINALITY AS key (number, place)
                                            JOIN pg_attribute ON attrelid = conrelid AND attnum = number)
                                      || '_fkey[0-9]*$')
                        OR conname !~ ('^' || conrelid::regclass || '_'))
                """, row -> row.getString(1));

        assertThat(generated).isEmpty();
    }

    private static String[] cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::trim).toArray(String[]::new);
    }
}
