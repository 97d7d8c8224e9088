package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token becomes a user: found, made once, taken over from an import, or refused. */
class SignInTest {
    private static final String WHO = "{ viewer { user { id email name role emailVerified } roles scopes } }";

    private static Gateway gateway;
    private static Given given;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(TestPostgres.embedded18().database("sign_in"));
        given = new Given(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @Test
    void theFirstCallMakesAUserAndTheNextFindsIt() {
        var subject = Given.unique("new");

        var first = call(subject, email(subject) + "&name=Ada+Lovelace").ok();
        var second = call(subject, email(subject) + "&name=Somebody+Else").ok();

        assertThat(first.text("viewer", "user", "name")).isEqualTo("Ada Lovelace");
        assertThat(first.text("viewer", "user", "email")).isEqualTo(subject + "@example.com");
        assertThat(first.text("viewer", "user", "emailVerified")).isNotEmpty();
        assertThat(first.at("viewer", "roles").toString()).isEqualTo("[\"USER\"]");
        assertThat(second.at("viewer")).as("the name counts only at first").isEqualTo(first.at("viewer"));
        assertThat(users("subject", subject)).isEqualTo(1);
    }

    @Test
    void aUserIsMadeOnceHoweverManyCallsComeAtOnce() throws Exception {
        for (int round = 0; round < 8; round++) {
            var subject = Given.unique("race");
            var tokens = IntStream.range(0, 24)
                    .mapToObj(i -> token(subject, "&email=" + subject + "-" + i % 4 + "@example.com"))
                    .toList();

            var ids = atOnce(tokens.stream()
                    .<Callable<String>>map(
                            token -> () -> gateway.bearer(token).query(WHO).ok().text("viewer", "user", "id"))
                    .toList());

            assertThat(Stream.of(ids).distinct()).hasSize(1);
            assertThat(users("subject", subject)).isEqualTo(1);
        }
    }

    /** Instances do not know of each other: each asks the database in a transaction of its own. */
    @Test
    void instancesThatSignSomebodyInAtOnceMakeOneUser() throws Exception {
        for (int round = 0; round < 20; round++) {
            var subject = Given.unique("instances");
            var outcomes = atOnce(IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> gateway.database().within("selvage_login", connection -> {
                        connection.createStatement().execute("SET LOCAL ROLE selvage_system");
                        return TestDatabase.query(
                                        connection,
                                        "SELECT outcome || ' ' || id FROM sign_in(?, ?, ?, '', false)",
                                        row -> row.getString(1),
                                        gateway.address(),
                                        subject,
                                        subject + (i % 2 == 0 ? "@example.com" : "@example.org"))
                                .getFirst();
                    }))
                    .toList());

            assertThat(Stream.of(outcomes).distinct())
                    .singleElement()
                    .asString()
                    .startsWith("signed_in ");
            assertThat(users("subject", subject)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&email=unverified@example.com&email_verified=false",
                "&name=Nobody",
            })
    void withoutAVerifiedEmailNobodyIsMade(String claims) {
        var subject = Given.unique("unverified");

        var answer = call(subject, claims);

        assertThat(answer.errorCodes()).containsExactly("FORBIDDEN");
        assertThat(message(answer)).contains("verified e-mail address");
        assertThat(answer.body().path("data").isMissingNode()
                        || answer.body().path("data").isNull())
                .isTrue();
        assertThat(users("subject", subject)).isZero();
    }

    @Test
    void whoIsKnownNeedsNoEmailAnyMore() {
        var user = given.user();

        assertThat(call(user.subject(), "").ok().text("viewer", "user", "id")).isEqualTo(user.globalId());
    }

    @Test
    void anImportedUserIsTakenOverByTheirVerifiedEmailWithNameAndRoleAsTheyWere() {
        var subject = Given.unique("imported");
        var id = imported(" " + subject.toUpperCase(java.util.Locale.ROOT) + "@Example.com ", "admin");

        var answer = call(subject, email(subject) + "&name=New+Name").ok();

        assertThat(answer.text("viewer", "user", "name")).isEqualTo("Imported");
        assertThat(answer.at("viewer", "roles").toString()).isEqualTo("[\"ADMIN\"]");
        assertThat(gateway.database()
                        .query("SELECT id::text FROM users WHERE subject = ?", row -> row.getString(1), subject))
                .containsExactly(id);
    }

    @Test
    void anImportedUserIsNotTakenOverByAnEmailThatIsNotVerified() {
        var subject = Given.unique("thief");
        imported(subject + "@example.com", "user");

        assertThat(call(subject, email(subject) + "&email_verified=false").errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(users("subject", subject)).isZero();
    }

    /** Letters that some lower cases make a, i or k of: whoever owns such an address is somebody else. */
    @ParameterizedTest
    @ValueSource(strings = {"adm\u0130n", "\u212Aim", "\u212Bsa"})
    void anAddressThatOnlyLooksLikeAnImportedOneTakesNobodyOver(String lookAlike) {
        var subject = Given.unique("alike");
        var plain = lookAlike.replace('\u0130', 'i').replace('\u212A', 'k').replace('\u212B', '\u00e5');
        imported(plain + subject + "@example.com", "admin");

        var answer = call(
                subject, "&email=" + URLEncoder.encode(lookAlike + subject + "@example.com", StandardCharsets.UTF_8));

        assertThat(answer.ok().at("viewer", "roles").toString()).isEqualTo("[\"USER\"]");
    }

    @Test
    void theEmailOfSomebodyElseIsRefused() {
        var user = given.user();

        var answer = call(Given.unique("other"), "&email=" + user.email().toUpperCase(java.util.Locale.ROOT));

        assertThat(answer.errorCodes()).containsExactly("FORBIDDEN");
        assertThat(message(answer)).contains("another sign-in");
        assertThat(users("email_key", user.email())).isEqualTo(1);
        assertThat(call(user.subject(), "").ok().text("viewer", "user", "id")).isEqualTo(user.globalId());
    }

    @Test
    void theEmailFollowsAVerifiedTokenWhileItIsFree() {
        var user = given.user();
        var neighbour = given.user();
        var moved = Given.unique("moved") + "@example.com";

        assertThat(call(user.subject(), "&email=" + moved).ok().text("viewer", "user", "email"))
                .isEqualTo(moved);
        assertThat(call(user.subject(), "&email=" + neighbour.email()).ok().text("viewer", "user", "email"))
                .as("taken")
                .isEqualTo(moved);
        assertThat(call(user.subject(), "&email=x" + moved + "&email_verified=false")
                        .ok()
                        .text("viewer", "user", "email"))
                .as("not verified")
                .isEqualTo(moved);
    }

    @Test
    void guestOrdersBecomeTheUsersWhoFirstSignsInWithTheirVerifiedEmail() {
        var subject = Given.unique("guest");
        var fabric = given.fabric();
        var one = given.guestOrder(subject + "@example.com", "delivered", fabric);
        var another = given.guestOrder(" " + subject + "@EXAMPLE.com", "pending", fabric);
        var ofSomebody = given.order(given.user(), "delivered", fabric);
        var ofAnotherGuest = given.guestOrder("x" + subject + "@example.com", "delivered", fabric);

        assertThat(call(subject, email(subject) + "&email_verified=false").errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(owner(one.id().toString())).isEmpty();
        var id = call(subject, email(subject)).ok().text("viewer", "user", "id");
        var orders = gateway.bearer(token(subject, ""))
                .query("{ viewer { user { orders { nodes { id } } } } }")
                .ok()
                .all("id", "viewer", "user", "orders", "nodes");

        assertThat(orders).containsExactlyInAnyOrder(one.globalId(), another.globalId());
        assertThat(owner(ofSomebody.id().toString())).isNotEqualTo(id);
        assertThat(owner(ofAnotherGuest.id().toString())).isEmpty();

        var later = given.guestOrder(subject + "@example.com", "pending", fabric);
        call(subject, email(subject)).ok();
        assertThat(owner(later.id().toString())).as("placed as a guest later").isEmpty();
    }

    @Test
    void guestOrdersAlsoComeWithAnAddressThatAUserProvesLater() {
        var user = given.user();
        var address = Given.unique("second") + "@example.com";
        var order = given.guestOrder(address, "delivered", given.fabric());

        call(user.subject(), "&email=" + address).ok();

        assertThat(owner(order.id().toString())).isEqualTo(user.id().toString());
    }

    @Test
    void aNameIsKeptAsFarAsItIsOne() {
        var blank = Given.unique("blank");
        var longest = Given.unique("long");

        assertThat(call(blank, email(blank) + "&name=++")
                        .ok()
                        .at("viewer", "user", "name")
                        .isNull())
                .isTrue();
        assertThat(call(longest, email(longest) + "&name=" + "%F0%9F%A7%B5".repeat(50))
                        .ok()
                        .text("viewer", "user", "name"))
                .isEqualTo("\uD83E\uDDF5".repeat(50));
    }

    @Test
    void aRefusedTokenDoesNotAskTheDatabaseAtEachCall() {
        var token = token(Given.unique("again"), "");
        gateway.bearer(token).query(WHO);
        var before = transactions();

        for (int i = 0; i < 200; i++) {
            assertThat(gateway.bearer(token).query(WHO).errorCodes()).containsExactly("FORBIDDEN");
        }

        // It is asked again after ten seconds, should this take so long, and the server's own work counts too.
        assertThat(transactions() - before).isLessThan(100);
    }

    private static long transactions() {
        return gateway.database()
                .query(
                        "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()",
                        row -> row.getLong(1))
                .getFirst();
    }

    private static String imported(String email, String role) {
        return gateway.database()
                .query(
                        "INSERT INTO users (email, name, role) VALUES (?, 'Imported', ?) RETURNING id::text",
                        row -> row.getString(1),
                        email,
                        role)
                .getFirst();
    }

    private static String owner(String order) {
        return gateway.database()
                .query(
                        "SELECT coalesce(user_id::text, '') FROM orders WHERE id = ?::uuid",
                        row -> row.getString(1),
                        order)
                .getFirst();
    }

    private static long users(String column, String value) {
        return gateway.database()
                .query("SELECT count(*) FROM users WHERE " + column + " = ?", row -> row.getLong(1), value)
                .getFirst();
    }

    private static String message(Answer answer) {
        return answer.body().path("errors").path(0).path("message").asString();
    }

    private static Answer call(String subject, String claims) {
        return gateway.bearer(token(subject, claims)).query(WHO);
    }

    private static String email(String subject) {
        return "&email=" + subject + "@example.com";
    }

    private static String token(String subject, String claims) {
        return gateway.token("sub=" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + claims);
    }

    private static String[] atOnce(List<Callable<String>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toArray(String[]::new);
        }
    }
}
