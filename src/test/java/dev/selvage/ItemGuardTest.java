package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself keeps from happening to an item, whatever statement is sent to it. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ItemGuardTest {
    private static final List<String> STATUSES = List.of("pending", "approved", "rejected", "sold", "returned");

    private static final Set<String> WAYS = words("pending>approved pending>rejected pending>returned rejected>pending"
            + " rejected>returned approved>pending approved>sold approved>returned sold>approved sold>returned");
    private static final Set<String> WAYS_OF_OWNERS =
            words("pending>returned rejected>pending rejected>returned approved>pending approved>returned");
    private static final Set<String> WAYS_OF_REVIEWERS = words("pending>approved pending>rejected pending>returned"
            + " rejected>pending rejected>returned approved>pending approved>returned");

    private static final UUID OWNER = new UUID(0, 1);
    private static final DatabaseViewer USER = new DatabaseViewer("user", OWNER, Set.of());
    private static final DatabaseViewer ADMIN = new DatabaseViewer("admin", null, Set.of());
    private static final DatabaseViewer INTEGRATOR =
            new DatabaseViewer("integrator", null, Set.of("read:inventory", "write:inventory"));

    private final TestDatabase database;

    ItemGuardTest(PostgresVersion version) {
        database = version.migrated();
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(" ")));
    }

    /** As a superuser, with an item in each status, whose id is that status's place. */
    private <T> T with(TestDatabase.Work<T> work) {
        return database.rolledBack("postgres", connection -> {
            connection.createStatement().execute(TestPostgres.resource("constraints/given.sql"));
            // Beyond the barcodes that are written here.
            connection.createStatement().execute("SELECT setval('inventory_items_barcode_seq', 2000)");
            connection.createStatement().execute("""
                    INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, price,
                                                 condition, status, rejection_reason, barcode, order_id)
                    SELECT 100 + n, 1, 'published', 1, '00000000-0000-0000-0000-000000000001', 'Shirt', 'shirts', 5, 'good',
                           status, CASE status WHEN 'rejected' THEN 'Torn' END,
                           CASE WHEN status IN ('approved', 'sold') THEN barcode(1000 + n) END,
                           CASE status WHEN 'sold' THEN '00000000-0000-0000-0000-000000000001'::uuid END
                      FROM unnest('{pending,approved,rejected,sold,returned}'::text[]) WITH ORDINALITY AS row (status, n)""");
            return work.with(connection);
        });
    }

    private static int id(String status) {
        return 101 + STATUSES.indexOf(status);
    }

    /** Of all pairs, whatever else the row needs for the new status being written too. */
    @Test
    void noStatusFollowsAnotherButWhereARuleSaysSo() {
        SoftAssertions.assertSoftly(softly -> with(connection -> {
            for (var from : STATUSES) {
                for (var to : STATUSES) {
                    var refusal = TestDatabase.refusal(connection, """
                            UPDATE inventory_items
                               SET status = '%1$s', rejection_reason = CASE '%1$s' WHEN 'rejected' THEN 'Torn' END,
                                   barcode = coalesce(barcode, CASE WHEN '%1$s' IN ('approved', 'sold') THEN barcode(99) END),
                                   order_id = CASE '%1$s' WHEN 'sold' THEN '00000000-0000-0000-0000-000000000001'::uuid END
                             WHERE id = %2$d""".formatted(to, id(from)));
                    var allowed = from.equals(to) || WAYS.contains(from + ">" + to);
                    softly.assertThat(refusal.constraint())
                            .as("%s to %s", from, to)
                            .isEqualTo(allowed ? "" : "inventory_items_transition");
                }
            }
            return true;
        }));
    }

    @Test
    void nobodyTakesAnotherWayByWritingTheStatusAlone() {
        SoftAssertions.assertSoftly(softly -> with(connection -> {
            compare(connection, USER, WAYS_OF_OWNERS, softly);
            compare(connection, ADMIN, WAYS_OF_REVIEWERS, softly);
            compare(connection, INTEGRATOR, WAYS_OF_REVIEWERS, softly);
            return true;
        }));
    }

    private static void compare(Connection connection, DatabaseViewer viewer, Set<String> ways, SoftAssertions softly)
            throws SQLException {
        viewer.ask(connection);
        for (var from : STATUSES) {
            for (var to : STATUSES) {
                var reason = to.equals("rejected") && !viewer.equals(USER) ? ", rejection_reason = 'Torn'" : "";
                var refusal = TestDatabase.refusal(
                        connection,
                        "UPDATE inventory_items SET status = '%s'%s WHERE id = %d".formatted(to, reason, id(from)));
                var allowed = from.equals(to) || ways.contains(from + ">" + to);
                softly.assertThat(refusal.state())
                        .as("%s from %s to %s", viewer.role(), from, to)
                        .isEqualTo(allowed ? "" : "23514");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"barcode", "order_id", "user_id", "consignor_id", "event_id", "event_status", "version"})
    void whatOnlyTheDatabaseWritesNobodyMayWrite(String column) {
        var states = with(connection -> {
            var found = new ArrayList<String>();
            for (var viewer : List.of(USER, ADMIN, INTEGRATOR)) {
                viewer.ask(connection);
                found.add(TestDatabase.refusal(connection, "UPDATE inventory_items SET " + column + " = NULL")
                        .state());
            }
            return found;
        });

        assertThat(states).containsExactly("42501", "42501", "42501");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejection_reason", "id"})
    void anOwnerDoesNotWriteWhyTheirItemWasRejected(String column) {
        assertThat(refusal(USER, "UPDATE inventory_items SET " + column + " = NULL"))
                .isEqualTo("42501");
    }

    @Test
    void aBarcodeNeverChanges() {
        SoftAssertions.assertSoftly(softly -> with(connection -> {
            for (var barcode : List.of("NULL", "barcode(77)")) {
                softly.assertThat(TestDatabase.refusal(
                                        connection,
                                        "UPDATE inventory_items SET status = 'pending', barcode = " + barcode
                                                + " WHERE id = " + id("approved"))
                                .constraint())
                        .isEqualTo("inventory_items_barcode_kept");
            }
            return true;
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nextval('inventory_items_barcode_seq')",
                "SELECT currval('inventory_items_barcode_seq')",
                "SELECT issue_barcode()",
                "SELECT barcode(1)"
            })
    void nobodyDrawsABarcodeButByApproving(String draw) {
        for (var viewer : List.of(USER, ADMIN, INTEGRATOR)) {
            assertThat(refusal(viewer, draw)).as(viewer.role()).isEqualTo("42501");
        }
    }

    private String refusal(DatabaseViewer viewer, String sql) {
        return with(connection -> {
            viewer.ask(connection);
            return TestDatabase.refusal(connection, sql).state();
        });
    }

    @Test
    void whatAnOwnerChangesOfAnApprovedItemIsPendingWhateverTheStatementSays() {
        var status = with(connection -> {
            USER.ask(connection);
            return TestDatabase.query(
                    connection,
                    "UPDATE inventory_items SET name = 'Other', status = 'approved' WHERE id = ? RETURNING status",
                    row -> row.getString(1),
                    id("approved"));
        });

        assertThat(status).containsExactly("pending");
    }
}
