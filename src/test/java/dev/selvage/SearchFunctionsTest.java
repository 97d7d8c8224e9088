package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search functions answer, apart from whose rows it is; {@link VisibleMatchesTest} is about that. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class SearchFunctionsTest {
    private final TestDatabase database;

    SearchFunctionsTest(PostgresVersion version) {
        database = version.migrated();
    }

    /** A list filters, sorts and pages a search's rows as it does the table's, so they have to compare alike. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            users            | id role created_at email_key
            consignors       | id user_id number name_sort preferred_contact created_at
            events           | id listed status start_date created_at name_sort
            fabrics          | id archived category subcategory tags price_cents in_stock name_sort created_at
            inventory_items  | id listed event_id consignor_id user_id status condition category size price_cents \
            name_sort created_at
            orders           | id user_id status created_at customer_email_key total_cents
            content_calendar | id user_id platform content_type published scheduled_sort created_at
            """)
    void aSearchReturnsColumnsOfItsTable(String table, String columns) {
        var described = """
                SELECT attname || ' ' || coalesce(nullif(typbasetype, 0), atttypid)::regtype
                       || ' ' || coalesce(nullif(attcollation, 0)::regcollation::text, '')
                  FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
                 WHERE attrelid = ?::regclass AND attname = ANY (string_to_array(?, ' '))
                """;
        database.rolledBack("selvage_owner", connection -> {
            connection
                    .createStatement()
                    .execute("CREATE VIEW found AS SELECT * FROM %s_matching('x')".formatted(table));
            var names = TestDatabase.query(
                    connection,
                    "SELECT attname FROM pg_attribute WHERE attrelid = 'found'::regclass AND attnum > 0",
                    row -> row.getString(1));
            var found = TestDatabase.query(connection, described, row -> row.getString(1), "found", columns);
            var expected = TestDatabase.query(connection, described, row -> row.getString(1), table, columns);

            assertThat(names).containsExactlyInAnyOrder(columns.split(" "));
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            return true;
        });
    }

    /** Stop words of English, which are names and hashtags here; an inflected word is found as in any English text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders           | will
            orders           | may
            orders           | buyer@example.com
            orders           | TRACK77
            orders           | it
            orders           | shirt
            content_calendar | up
            content_calendar | back_to_school
            content_calendar | sewing
            content_calendar | our
            content_calendar | you
            """)
    void everyWordOfAnOrderAndOfAnEntryIsFound(String table, String word) {
        var found = asAdministrator(connection -> {
            rows(connection);
            return texts(connection, "SELECT id FROM %s_matching('''%s''')".formatted(table, word));
        });

        assertThat(found).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders           | will    | A
            orders           | buyer@example.com | A
            orders           | etsy99  | B
            orders           | track77 | B
            orders           | shirts  | C
            content_calendar | sew     | A
            content_calendar | up      | B
            content_calendar | you     | C
            """)
    void whereAWordStandsSaysHowMuchItWeighs(String table, String word, String weight) {
        asAdministrator(connection -> {
            rows(connection);
            for (var other : List.of("A", "B", "C", "D")) {
                var found = texts(
                        connection,
                        "SELECT id FROM %s WHERE search @@ to_tsquery('words', '''%s'':%s')"
                                .formatted(table, word, other));
                assertThat(found).as(other).hasSize(other.equals(weight) ? 1 : 0);
            }
            return true;
        });
    }

    @Test
    void theNewestMatchesAreRanked() {
        asAdministrator(connection -> {
            connection.createStatement().execute("RESET ROLE");
            connection.createStatement().execute("""
                    INSERT INTO fabrics (id, name, category, price, description)
                    SELECT ('01970000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
                           CASE WHEN n % 2 = 0 THEN 'Linen' ELSE 'Felt' END, 'cloth', 1,
                           CASE WHEN n = 7 THEN 'Like linen' END
                      FROM generate_series(1, 20) n
                    """);
            var ids = "SELECT right(id::text, 2) FROM fabrics_ranked('linen', %d)";

            assertThat(texts(connection, ids.formatted(3))).containsExactlyInAnyOrder("20", "18", "16");
            assertThat(texts(connection, ids.formatted(100))).hasSize(11);
            assertThat(texts(connection, ids.formatted(0))).isEmpty();
            // A name weighs more than a description.
            assertThat(texts(connection, "SELECT right(id::text, 2) FROM fabrics_ranked('linen', 100) ORDER BY rank"))
                    .startsWith("07");
            // A word that must not stand there has no rank by itself.
            assertThat(texts(connection, "SELECT DISTINCT rank > 0 FROM fabrics_ranked('!linen', 100)"))
                    .containsExactly("t");
            return true;
        });
    }

    @Test
    void aWordIsFrequentWhenWalkingTheListIsShorterThanFetchingItsMatches() {
        asAdministrator(connection -> {
            connection.createStatement().execute("RESET ROLE");
            // With 2,000 rows that is from the square root of 36 × 2,000 on: 268.
            connection.createStatement().execute("""
                    INSERT INTO fabrics (name, category, price)
                    SELECT concat_ws(' ', CASE WHEN n % 6 = 0 THEN 'linen flax' END,
                                          CASE WHEN n % 2 = 0 THEN 'green' ELSE 'purple' END,
                                          CASE WHEN n % 10 = 0 THEN 'wool' END, 'x'), 'cloth', 1
                      FROM generate_series(1, 2000) n;
                    ANALYZE fabrics;
                    SET LOCAL ROLE selvage_anonymous;
                    """);
            var frequent = "SELECT search_is_frequent('fabrics', 'english', '%s')";

            assertThat(texts(connection, frequent.formatted("linen"))).containsExactly("t");
            assertThat(texts(connection, frequent.formatted("wool"))).containsExactly("f");
            assertThat(texts(connection, frequent.formatted("linen & wool"))).containsExactly("f");
            // Statistics know nothing of words that go together, or that exclude each other.
            assertThat(texts(connection, frequent.formatted("linen & flax"))).containsExactly("t");
            assertThat(texts(connection, frequent.formatted("green & purple"))).containsExactly("f");
            assertThat(texts(connection, frequent.formatted("!green"))).containsExactly("t");
            assertThat(texts(connection, frequent.formatted("neverwritten"))).containsExactly("f");
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'pg_class', 'english', 'linen'",
                "'evil', 'english', 'linen'",
                "'event_registrations', 'english', 'linen'",
                "'fabrics; SELECT 1', 'english', 'linen'",
                "'fabrics', 'english; SELECT 1', 'linen'",
                "'fabrics', 'english', 'linen'') OR pg_sleep(9) IS NULL --'",
                "'fabrics', 'english', 'two words'"
            })
    void onlyAQueryOfATableOfOursIsPlanned(String arguments) {
        var refusal = database.rolledBack("postgres", connection -> {
            // Planning evaluates what is declared immutable.
            connection.createStatement().execute("""
                    CREATE FUNCTION pg_temp.planned() RETURNS tsvector IMMUTABLE LANGUAGE plpgsql
                        AS $$ BEGIN RAISE EXCEPTION 'evaluated'; END $$;
                    CREATE TEMPORARY VIEW evil AS SELECT pg_temp.planned() AS search;
                    GRANT SELECT ON evil TO PUBLIC;
                    SET LOCAL ROLE selvage_admin;
                    """);
            return TestDatabase.refusal(connection, "SELECT search_is_frequent(" + arguments + ")");
        });

        assertThat(refusal.state()).isNotEmpty();
        assertThat(refusal.message()).isNotEqualTo("evaluated");
    }

    @Test
    void anUnknownKindIsAnErrorAndAnOddWordIsNot() {
        asAdministrator(connection -> {
            rows(connection);

            assertThat(texts(connection, "SELECT words_in_use('{will,\"it''s \\\\ & !\",NULL,\"\",wont}', '{order}')"))
                    .containsExactly("will");
            // What things are called is searched without stop words, so those are never missing.
            assertThat(texts(connection, "SELECT words_in_use('{will,\"\",wont}', '{fabric}')"))
                    .containsExactlyInAnyOrder("will", "");
            assertThat(TestDatabase.refusal(connection, "SELECT words_in_use('{will}', '{orders}')")
                            .state())
                    .isNotEmpty();
            return true;
        });
    }

    /** One order and one calendar entry. */
    private static void rows(Connection connection) throws SQLException {
        connection.createStatement().execute("""
                RESET ROLE;
                INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount, etsy_order_id,
                                    tracking_number)
                VALUES ('buyer@example.com', 'Will May',
                        '[{"kind": "inventory_item", "inventory_item_id": 1, "name": "Do it shirts", "quantity": 1,
                           "unit_price": 1}]', 1, 1, 'ETSY99', 'TRACK77');
                INSERT INTO users (id, email) VALUES ('01970000-0000-7000-8000-000000000001', 'author@example.com');
                INSERT INTO content_calendar (user_id, platform, content_type, title, hashtags, description)
                VALUES ('01970000-0000-7000-8000-000000000001', 'instagram', 'post', 'Our sewing week',
                        '["#up", "#back_to_school"]', 'See you there');
                SET LOCAL ROLE selvage_admin;
                """);
    }

    private <T> T asAdministrator(TestDatabase.Work<T> work) {
        return database.rolledBack("postgres", connection -> {
            connection.createStatement().execute("SET LOCAL ROLE selvage_admin");
            return work.with(connection);
        });
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        return TestDatabase.query(connection, sql, row -> row.getString(1));
    }
}
