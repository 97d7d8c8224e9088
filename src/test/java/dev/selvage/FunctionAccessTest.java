package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which functions there are, whose rights they have, and who calls them. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class FunctionAccessTest {
    /**
     * Those that run as {@code system} are SECURITY DEFINER and the only way round a policy. A function that is not here
     * is a failure.
     */
    private static final String FUNCTIONS = """
            function                                                      | runs as | called by
            analytics_changes()                                           | system  |
            barcode(bigint)                                               | caller  | system
            barcode_check_digit(text)                                     | caller  | PUBLIC
            claim_guest_orders(uuid)                                      | caller  | system
            claim_idempotency_key(text,text,text)                         | system  | anonymous user integrator admin
            client_apps_changes()                                         | system  |
            consignor_has_item(bigint,bigint,text[])                      | caller  | user admin
            consignors_changes()                                          | system  |
            consignors_matching(text)                                     | system  | anonymous user integrator admin
            consignors_ranked(text,integer)                               | system  | anonymous user integrator admin
            content_calendar_changes()                                    | system  |
            content_calendar_matching(text)                               | system  | anonymous user integrator admin
            content_calendar_ranked(text,integer)                         | system  | anonymous user integrator admin
            count_places()                                                | system  |
            drop_policies(regclass)                                       | caller  |
            event_has_item(bigint)                                        | caller  | admin
            event_has_sold_item(bigint)                                   | caller  | admin
            event_registrations_changes()                                 | system  |
            events_changes()                                              | system  |
            events_matching(text)                                         | system  | anonymous user integrator admin
            events_ranked(text,integer)                                   | system  | anonymous user integrator admin
            fabrics_changes()                                             | system  |
            fabrics_matching(text)                                        | system  | anonymous user integrator admin
            fabrics_ranked(text,integer)                                  | system  | anonymous user integrator admin
            folded_email(text)                                            | caller  | PUBLIC
            forget_rejection()                                            | caller  |
            give_back_cancelled()                                         | system  |
            give_back_items(uuid[])                                       | caller  | system
            give_back_stock(uuid[],integer[])                             | caller  | system
            holds_place(text)                                             | caller  | system
            idempotency_caller()                                          | caller  | system
            inventory_items_changes()                                     | system  |
            inventory_items_matching(text)                                | system  | anonymous user integrator admin
            inventory_items_ranked(text,integer)                          | system  | anonymous user integrator admin
            is_array_of_text(jsonb)                                       | caller  | PUBLIC
            is_client_app(text)                                           | system  | integrator admin
            is_engagement(jsonb)                                          | caller  | PUBLIC
            is_hashtags(jsonb)                                            | caller  | PUBLIC
            is_order_items(jsonb)                                         | caller  | PUBLIC
            is_order_line(jsonb)                                          | caller  | PUBLIC
            issue_barcode()                                               | system  |
            join_event(bigint,bigint,boolean)                             | system  | user admin
            keep_an_administrator()                                       | caller  |
            keep_idempotent_outcome(text,text,text)                       | system  | anonymous user integrator admin
            lock_place(bigint,bigint)                                     | system  | user admin
            lock_registration(bigint)                                     | system  | user admin
            order_items_subtotal(jsonb)                                   | caller  | PUBLIC
            orders_changes()                                              | system  |
            orders_containing(uuid)                                       | system  | anonymous user integrator admin
            orders_matching(text)                                         | system  | anonymous user integrator admin
            orders_ranked(text,integer)                                   | system  | anonymous user integrator admin
            promote_waiting()                                             | system  |
            raise_version()                                               | caller  |
            range_is_narrow(regclass,name,text,text,boolean,name,boolean) | system  | anonymous user integrator admin
            reconsider_item()                                             | caller  |
            refuse_change()                                               | caller  |
            refuse_too_many_apps()                                        | caller  |
            refuse_transition()                                           | caller  |
            return_unapproved_items(bigint,bigint)                        | system  | user admin
            return_unsold_items(bigint)                                   | system  | admin
            sales(text[],date,date,text,integer)                          | system  | anonymous user integrator admin
            search_is_frequent(regclass,regconfig,text)                   | system  | anonymous user integrator admin
            sell_items(bigint[],text[])                                   | system  | anonymous user integrator admin
            sign_in(text,text,text,text,boolean)                          | caller  | system
            take_stock(uuid[],integer[])                                  | system  | anonymous user integrator admin
            tell_of_documents()                                           | caller  |
            time_ordered_uuid()                                           | caller  | PUBLIC
            users_changes()                                               | system  |
            users_matching(text)                                          | system  | anonymous user integrator admin
            viewer_event_ids()                                            | caller  | user system
            viewer_has_scope(text)                                        | caller  | PUBLIC
            viewer_id()                                                   | caller  | PUBLIC
            viewer_order()                                                | caller  | PUBLIC
            viewer_reads_all(text)                                        | caller  | PUBLIC
            waitlist_positions(bigint[])                                  | system  | anonymous user integrator admin
            words_in_use(text[],text[])                                   | system  | anonymous user integrator admin
            """;

    private record Function(String signature, boolean definer, Set<String> callers) {}

    private static final List<Function> EXPECTED =
            FUNCTIONS.lines().skip(1).map(FunctionAccessTest::read).toList();

    /** Functions that an extension brought are the extension's. */
    private static final String OURS = """
            pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend
                             WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
            """;

    private final TestDatabase database;

    FunctionAccessTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyFunctionIsCalledByThoseWhoAreNamedAndNobodyElse() {
        var found = database.query(
                """
                SELECT pg_proc.oid::regprocedure::text,
                       prosecdef,
                       (SELECT coalesce(string_agg(CASE grantee WHEN 0 THEN 'PUBLIC'
                                                   ELSE replace(grantee::regrole::text, 'selvage_', '') END, ' '), '')
                          FROM aclexplode(coalesce(proacl, acldefault('f', proowner)))
                         WHERE grantee <> proowner)
                  FROM pg_proc
                 WHERE %s
                """.formatted(OURS), row -> new Function(row.getString(1), row.getBoolean(2), words(row.getString(3))));

        assertThat(found).containsExactlyInAnyOrderElementsOf(EXPECTED);
    }

    @Test
    void aDefinerFunctionIsOwnedBySystemAndFindsItsNamesWhereItWasWritten() {
        var found = database.query(
                """
                SELECT pg_proc.oid::regprocedure::text,
                       proowner::regrole::text,
                       (SELECT setting FROM unnest(proconfig) setting WHERE setting LIKE 'search_path=%%')
                  FROM pg_proc
                 WHERE prosecdef AND %s
                """.formatted(OURS),
                row -> List.of(row.getString(1), row.getString(2), String.valueOf(row.getString(3))));

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(function -> assertThat(function)
                        // Without pg_temp at the end, it comes first: a caller's temporary table would stand for ours.
                        .endsWith("selvage_system", "search_path=public, pg_temp"));
    }

    @Test
    void systemOwnsNothingButDefinerFunctions() {
        var found = database.query("""
                SELECT oid::regprocedure::text FROM pg_proc WHERE proowner = 'selvage_system'::regrole AND NOT prosecdef
                 UNION ALL
                SELECT oid::regclass::text FROM pg_class WHERE relowner <> 'selvage_owner'::regrole
                   AND relnamespace = 'public'::regnamespace
                """, row -> row.getString(1));

        assertThat(found).isEmpty();
    }

    @Test
    void aFunctionThatAMigrationAddsIsCalledByNobodyUntilItIsGranted() {
        var called = database.rolledBack("selvage_owner", connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE FUNCTION answer() RETURNS int LANGUAGE sql RETURN 42");
                var found =
                        statement.executeQuery("SELECT has_function_privilege('selvage_admin', 'answer()', 'EXECUTE')");
                found.next();
                return found.getBoolean(1);
            }
        });

        assertThat(called).isFalse();
    }

    @Test
    void theLoginRoleItselfCallsNoDefinerFunction() {
        var functions = EXPECTED.stream().filter(Function::definer).toList();
        SoftAssertions.assertSoftly(softly -> database.rolledBack("selvage_login", connection -> {
            for (var function : functions) {
                var call = "SELECT " + function.signature().replaceAll("([(,])(?!\\))", "$1 NULL::");
                var refusal = TestDatabase.refusal(connection, call);
                softly.assertThat(refusal.state()).as(call).isEqualTo("42501");
            }
            return functions;
        }));
    }

    private static Function read(String line) {
        var cells = line.split("\\|", -1);
        return new Function(cells[0].trim(), cells[1].trim().equals("system"), words(cells[2]));
    }

    private static Set<String> words(String text) {
        var words = new HashSet<>(Arrays.asList(text.trim().split(" +")));
        words.remove("");
        return words;
    }
}
