package dev.selvage;

import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is different from row to row; {@code generated-rows.sql} says the rest, and what the numbers point to. */
record GeneratedRows(
        List<User> users,
        List<Event> events,
        List<Registration> registrations,
        List<Item> items,
        List<Fabric> fabrics,
        List<Order> orders,
        List<Entry> entries,
        int metrics) {
    record User(String role, boolean consignor, boolean signedIn, boolean verified) {}

    record Event(String status) {}

    record Registration(int event, int consignor, String status) {}

    record Item(int event, int consignor, String status) {}

    record Fabric(boolean archived) {}

    /** @param customer null for a guest */
    record Order(@Nullable Integer customer, String status) {}

    record Entry(int author) {}

    private static final String WRITE = TestPostgres.resource("generated-rows.sql");

    static Arbitrary<GeneratedRows> any() {
        var numbers = Arbitraries.integers().between(0, 59);
        var yesOrNo = Arbitraries.of(true, false);
        var users = Combinators.combine(Arbitraries.of("user", "admin"), yesOrNo, yesOrNo, yesOrNo)
                .as(User::new);
        var events =
                Arbitraries.of("draft", "published", "cancelled", "completed").map(Event::new);
        var states = Arbitraries.of("waitlisted", "registered", "checked_in", "checked_out", "cancelled");
        var registrations = Combinators.combine(numbers, numbers, states).as(Registration::new);
        var conditions = Arbitraries.of("pending", "approved", "rejected", "sold", "returned");
        var items = Combinators.combine(numbers, numbers, conditions).as(Item::new);
        var stages = Arbitraries.of("pending", "processing", "shipped", "delivered", "cancelled");
        var orders = Combinators.combine(numbers.injectNull(0.3), stages).as(Order::new);
        return Combinators.combine(
                        users.list().ofMinSize(1).ofMaxSize(5),
                        events.list().ofMaxSize(5),
                        registrations.list().ofMaxSize(6),
                        items.list().ofMaxSize(8),
                        yesOrNo.map(Fabric::new).list().ofMaxSize(3),
                        orders.list().ofMaxSize(5),
                        numbers.map(Entry::new).list().ofMaxSize(4),
                        Arbitraries.integers().between(0, 2))
                .as(GeneratedRows::new);
    }

    /** The id of the user in this place, from 1 on; it may be nobody's. */
    static UUID user(int place) {
        return UUID.fromString("00000000-0000-0000-0000-%012d".formatted(place));
    }

    void write(Connection connection) throws SQLException {
        TestDatabase.query(
                connection,
                "SELECT set_config('selvage.generated', ?, true)",
                _ -> true,
                JsonMapper.shared().writeValueAsString(this));
        try (var statement = connection.createStatement()) {
            statement.execute(WRITE);
        }
    }
}
