package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions that go round row security ask by themselves who calls, whatever statement calls them. */
class EventFunctionsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Consignor owner = given.consignor();

    /** What a caller of the database gets, in a transaction that is rolled back. */
    private static String asked(String role, Given.User viewer, String query) {
        return gateway.database()
                .asViewer(
                        role,
                        viewer.id().toString(),
                        "",
                        connection -> TestDatabase.query(connection, query, row -> row.getString(1))
                                .getFirst());
    }

    @Test
    void aUserJoinsForThemselvesOnly() {
        var stranger = given.consignor();
        var published = given.event("published").id();
        var draft = given.event("draft").id();

        assertThat(asked("user", stranger.user(), join(published, stranger))).isEqualTo("registered");
        assertThat(asked("user", stranger.user(), join(published, owner))).isEqualTo("another_consignor");
        assertThat(asked("user", stranger.user(), join(draft, stranger))).isEqualTo("unknown_event");
        assertThat(asked("admin", given.admin(), join(published, owner))).isEqualTo("registered");
        assertThat(asked("admin", given.admin(), join(draft, owner))).isEqualTo("not_published");
    }

    private static String join(long event, Given.Consignor consignor) {
        return "SELECT outcome FROM join_event(%d, %d, true)".formatted(event, consignor.id());
    }

    @ParameterizedTest
    @CsvSource({"user, true, returned", "user, false, pending", "admin, false, returned"})
    void itemsGoBackForTheirOwnersAndForAdministratorsOnly(String role, boolean isOwner, String status) {
        var event = given.event("published");
        var item = given.item(event, owner, "pending");
        var viewer = isOwner ? owner.user() : given.consignor().user();

        var found = gateway.database().asViewer(role, viewer.id().toString(), "", connection -> {
            TestDatabase.query(
                    connection, "SELECT return_unapproved_items(%d, %d)".formatted(event.id(), owner.id()), _ -> true);
            connection.createStatement().execute("RESET ROLE");
            connection.createStatement().execute("SET LOCAL ROLE selvage_admin");
            return TestDatabase.query(
                    connection, "SELECT status FROM inventory_items WHERE id = " + item.id(), row -> row.getString(1));
        });

        assertThat(found).containsExactly(status);
    }

    @ParameterizedTest
    @CsvSource({"user, true, true", "user, false, false", "admin, false, true"})
    void aStrangerLocksNothing(String role, boolean isOwner, boolean isLocked) {
        var event = given.event("published");
        var registration = given.registration(event, owner, "registered");
        var viewer = isOwner ? owner.user() : given.consignor().user();

        var free = gateway.database().asViewer(role, viewer.id().toString(), "", connection -> {
            TestDatabase.query(connection, "SELECT lock_registration(" + registration.id() + ")", _ -> true);
            // Asked by somebody else.
            return gateway.database().query("""
                    SELECT 1 FROM (SELECT FROM events WHERE id = %d FOR KEY SHARE SKIP LOCKED) event,
                                  (SELECT FROM event_registrations WHERE id = %d FOR SHARE SKIP LOCKED) registration
                    """.formatted(event.id(), registration.id()), row -> row.getInt(1));
        });

        assertThat(free.isEmpty()).isEqualTo(isLocked);
    }
}
