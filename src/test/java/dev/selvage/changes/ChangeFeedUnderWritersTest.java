package dev.selvage.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A reader who always goes on from where it was misses nothing and is told nothing twice, whoever commits when. */
class ChangeFeedUnderWritersTest {
    private static final int CHANGES = 50_000;
    private static final int TRANSACTIONS_BETWEEN_PAGES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FEED = """
            query ($after: String, $topics: [ChangeTopic!]) {
              changes(after: $after, topics: $topics) { nodes { cursor kind subjectId } }
            }""";

    private static Gateway gateway;
    private static Caller admin;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(TestPostgres.embedded18().database("change_writers"));
        admin = gateway.user(new Given(gateway).admin());
        admin.query("{ viewer { roles } }").ok();
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    /** Somebody who reads on and on. */
    private static final class Reader {
        private final @Nullable List<String> topics;
        private final List<String> told = new ArrayList<>();
        private @Nullable String cursor;

        Reader(@Nullable List<String> topics) {
            this.topics = topics;
        }

        /** Reads the next page, and says how many changes it had. */
        int read() {
            var variables = new HashMap<String, @Nullable Object>();
            variables.put("after", cursor);
            variables.put("topics", topics);
            var page = admin.query(FEED, variables).ok();
            page.at("changes", "nodes")
                    .forEach(change -> told.add(change.path("kind").asString() + " "
                            + change.path("subjectId").asString()));
            var cursors = page.all("cursor", "changes", "nodes");
            if (!cursors.isEmpty()) {
                cursor = cursors.getLast();
            }
            return cursors.size();
        }

        /** Reads what there is; only what comes later counts. */
        Reader fromNowOn() {
            Settled.await(gateway.database());
            readAll();
            told.clear();
            return this;
        }

        void readAll() {
            while (read() > 0) {
                // The next page.
            }
        }
    }

    @Test
    void fiftyThousandChangesOfSixteenWritersAreEachToldOnceInTheOrderOfTheLog() throws Exception {
        var ofEverything = new Reader(null).fromNowOn();
        var ofFabrics = new Reader(List.of("FABRIC", "ORDER")).fromNowOn();
        var end = Instant.now().plus(PATIENCE);
        int pages = 0;
        List<String> committed;
        var before = lastId();
        try (var writers = new ChangeWriters(gateway.database(), CHANGES)) {
            while (!writers.areDone()) {
                writers.letEnd(TRANSACTIONS_BETWEEN_PAGES);
                pages += ofEverything.read() > 0 ? 1 : 0;
                ofFabrics.read();
                assertThat(Instant.now()).isBefore(end);
            }
            committed = writers.committed();
        }
        assertThat(pages).as("pages with changes while they were written").isGreaterThan(100);
        Settled.await(gateway.database());
        ofEverything.readAll();
        ofFabrics.readAll();

        var log = log("fabric", before);
        assertThat(committed).hasSizeGreaterThan(CHANGES);
        // Not the lists themselves: nobody could read their differences.
        assertThat(log.stream()
                        .sorted()
                        .toList()
                        .equals(committed.stream().sorted().toList()))
                .as("what was committed is in the log once: %d of %d", log.size(), committed.size())
                .isTrue();
        assertThat(ofFabrics.told.equals(log))
                .as("%d told", ofFabrics.told.size())
                .isTrue();
        assertThat(ofEverything.told.equals(log("%", before)))
                .as("%d told", ofEverything.told.size())
                .isTrue();
    }

    private static List<String> log(String topic, long after) {
        return gateway.database()
                .query(
                        "SELECT kind, topic, subject FROM changes WHERE topic LIKE ? AND id > ? ORDER BY xact, id",
                        row -> row.getString(1).toUpperCase(Locale.ROOT) + " "
                                + ChangeTopic.valueOf(row.getString(2).toUpperCase(Locale.ROOT))
                                        .globalId(row.getString(3)),
                        topic,
                        after);
    }

    private static long lastId() {
        return gateway.database()
                .query("SELECT coalesce(max(id), 0) FROM changes", row -> row.getLong(1))
                .getFirst();
    }

    /** The same with two, one after the other. */
    @Test
    void whatIsCommittedLateIsToldLate() throws SQLException {
        var reader = new Reader(List.of("FABRIC")).fromNowOn();
        try (var slow = connect();
                var quick = connect()) {
            var first = insert(slow);
            var second = insert(quick);
            quick.commit();
            reader.readAll();
            assertThat(reader.told).as("while the older transaction runs").isEmpty();

            slow.commit();
            Settled.await(gateway.database());
            reader.readAll();
            assertThat(reader.told).containsExactly(first, second);
        }
    }

    @Test
    void whatIsTakenBackHoldsNobodyUp() throws SQLException {
        var reader = new Reader(List.of("FABRIC")).fromNowOn();
        try (var slow = connect();
                var quick = connect()) {
            insert(slow);
            var second = insert(quick);
            quick.commit();
            slow.rollback();
            Settled.await(gateway.database());
            reader.readAll();

            assertThat(reader.told).containsExactly(second);
        }
    }

    private static Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(gateway.database().jdbcUrl(), "selvage_owner", "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static String insert(Connection connection) throws SQLException {
        return TestDatabase.query(
                        connection,
                        "INSERT INTO fabrics (name, category, price) VALUES ('Linen', 'linen', 1) RETURNING id",
                        row -> ChangeWriters.change(ChangeKind.CREATED, row.getString(1)))
                .getFirst();
    }
}
