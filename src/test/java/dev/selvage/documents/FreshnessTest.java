package dev.selvage.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances on one database: what one of them publishes the other one serves. */
class FreshnessTest {
    private static final TestDatabase database = TestPostgres.embedded18().database("freshness");
    private static final String QUERY = "query Fresh { __typename }";
    private static final String LISTENING =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";

    private static Gateway one;
    private static Gateway other;
    private static Apps apps;

    @BeforeAll
    static void start() {
        one = Gateway.start(database);
        other = Gateway.start(database, "gateway.documents.default-policy=PUBLISHED_ONLY");
        apps = new Apps(one);
    }

    @AfterAll
    static void stop() {
        other.stop();
        one.stop();
    }

    private static Answer call(Gateway gateway, String app, String text) {
        return apps.callerOf(app, gateway).send("{\"documentId\": \"%s\"}".formatted(Apps.sha256(text)));
    }

    private static void withinASecond(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private static boolean isServed(Gateway gateway, String app, String text) {
        return call(gateway, app, text).errorCodes().isEmpty();
    }

    /** Others' connections are shown to a superuser only. */
    private static List<Integer> listening(String query) {
        return database.rolledBack(
                "postgres", connection -> TestDatabase.query(connection, query, row -> row.getInt(1)));
    }

    @Test
    void bothInstancesHavePublishedTheGatewaysOwnDocumentsOnce() {
        var own = database.query(
                "SELECT count(*) || ' ' || count(DISTINCT hash) FROM persisted_documents WHERE client_id = 'selvage-gateway'",
                row -> row.getString(1));

        assertThat(own)
                .containsExactly(OwnDocuments.all().size() + " "
                        + OwnDocuments.all().stream().distinct().count());
    }

    @Test
    void whatOnePublishesIsServedByItAtOnceAndByTheOtherWithinASecond() {
        var app = apps.app("OPEN");

        apps.publish(app, "1.0", QUERY);

        assertThat(isServed(one, app, QUERY)).isTrue();
        withinASecond(() -> isServed(other, app, QUERY));
        apps.retire(app, "1.0");
        withinASecond(() -> !isServed(other, app, QUERY));
    }

    @Test
    void aPolicyHoldsEverywhereWithinASecond() {
        var app = apps.app("OPEN");
        var caller = apps.callerOf(app, other);
        withinASecond(() -> caller.query("{ __typename }").status() == 200);

        apps.save(app, "Closed", "PUBLISHED_ONLY").ok();

        withinASecond(() -> caller.query("{ __typename }").status() == 400);
    }

    @Test
    void aConnectionThatIsLostIsOpenedAnewAndNothingIsMissed() {
        var app = apps.app("OPEN");
        assertThat(listening(LISTENING)).hasSize(2);

        listening("SELECT pg_terminate_backend(pid)::int FROM (" + LISTENING + ") each");
        apps.publish(app, "1.0", QUERY);

        withinASecond(() -> isServed(other, app, QUERY));
        await().atMost(Duration.ofSeconds(2)).until(() -> listening(LISTENING).size() == 2);
        apps.retire(app, "1.0");
        withinASecond(() -> !isServed(other, app, QUERY));
    }

    @Test
    void whatCouldNotBeReadWhenItWasToldOfIsReadAgainSoon() {
        var app = apps.app("OPEN");
        var caller = apps.callerOf(app, other);
        withinASecond(() -> caller.query("{ __typename }").status() == 200);

        database.within("postgres", connection -> {
            // Nobody is told of the change itself, and nobody can read it for longer than a statement may take.
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL session_replication_role = replica");
                statement.execute("UPDATE client_apps SET policy = 'published_only' WHERE client_id = '" + app + "'");
                statement.execute("LOCK TABLE client_apps IN ACCESS EXCLUSIVE MODE");
            }
            database.execute("postgres", "NOTIFY selvage_documents");
            await().until(() -> !whoWaitForALock().isEmpty());
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> whoWaitForALock().isEmpty());
            return true;
        });

        withinASecond(() -> caller.query("{ __typename }").status() == 400);
    }

    private static List<Integer> whoWaitForALock() {
        return listening(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'selvage_login'"
                        + " AND wait_event_type = 'Lock'");
    }

    @Test
    void whoHasNoAppIsUnderTheDefaultPolicy() {
        assertThat(one.anonymous().query("{ __typename }").status()).isEqualTo(200);
        assertThat(other.anonymous().query("{ __typename }").errorCodes()).containsExactly("PERSISTED_QUERY_REQUIRED");
        assertThat(other.integrator("read:calendar").query("{ __typename }").errorCodes())
                .containsExactly("PERSISTED_QUERY_REQUIRED");
    }

    @Test
    void thereAreAHundredAppsAtMost() {
        database.execute("postgres", """
                INSERT INTO client_apps (client_id, name, policy)
                SELECT 'many ' || n, 'Many', 'open' FROM generate_series(1, 99 - (SELECT count(*)::int FROM client_apps)) n""");

        var hundredth = apps.save("hundredth", "App", "OPEN").ok();
        var tooMany = apps.save("one too many", "App", "OPEN").ok();
        var changed = apps.save("hundredth", "Other", "OPEN").ok();

        assertThat(hundredth.at("saveClientApp", "userErrors")).isEmpty();
        assertThat(tooMany.text("saveClientApp", "userErrors", 0, "code")).isEqualTo("OUT_OF_RANGE");
        assertThat(changed.at("saveClientApp", "userErrors")).isEmpty();
        assertThat(apps.admin().query("{ clientApps { clientId } }").ok().at("clientApps"))
                .hasSize(100);
        database.execute("postgres", "DELETE FROM client_apps WHERE client_id LIKE 'many %'");
    }
}
