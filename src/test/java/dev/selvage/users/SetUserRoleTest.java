package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.Identity;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Role;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is an administrator, of whom there is always one, and from when on. */
class SetUserRoleTest {
    private static final String SET = """
            mutation ($input: SetUserRoleInput!) { setUserRole(input: $input) {
              user { id version role } userErrors { code path ... on VersionConflict { current { ... on User { role version } } } } } }
            """;

    private static Gateway gateway;
    private static Given given;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(TestPostgres.embedded18().database("set_user_role"));
        given = new Given(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @BeforeEach
    void nobodyIsThereYet() {
        gateway.database().execute("selvage_owner", "DELETE FROM users");
    }

    private static Answer set(Caller caller, Given.User user, int version, String role) {
        return caller.query(
                SET, Map.of("input", Map.of("id", user.globalId(), "expectedVersion", version, "role", role)));
    }

    private static Answer set(Given.User caller, Given.User user, int version, String role) {
        return set(gateway.user(caller), user, version, role).ok();
    }

    private static String roles(Given.User user) {
        return gateway.user(user)
                .query("{ viewer { roles } }")
                .ok()
                .at("viewer", "roles")
                .toString();
    }

    private static void refused(Answer answer, String code, String field) {
        assertThat(answer.at("setUserRole", "user").isNull()).isTrue();
        assertThat(answer.all("code", "setUserRole", "userErrors")).containsExactly(code);
        assertThat(answer.at("setUserRole", "userErrors", 0, "path").toString())
                .isEqualTo("[\"input\",\"" + field + "\"]");
    }

    private static List<Given.User> administrators() {
        return gateway.database()
                .query(
                        "SELECT id, subject, email FROM users WHERE role = 'admin' AND issuer IS NOT NULL",
                        row -> new Given.User(row.getObject(1, UUID.class), row.getString(2), row.getString(3)));
    }

    @Test
    void theRoleHoldsFromTheNextCallOn() {
        var admin = given.admin();
        var user = given.user();
        assertThat(roles(user)).isEqualTo("[\"USER\"]");

        assertThat(set(admin, user, 1, "ADMIN").at("setUserRole", "user").toString())
                .isEqualTo("{\"id\":\"" + user.globalId() + "\",\"version\":2,\"role\":\"ADMIN\"}");
        assertThat(roles(user)).isEqualTo("[\"ADMIN\"]");

        assertThat(set(user, admin, 1, "USER").text("setUserRole", "user", "role"))
                .isEqualTo("USER");
        assertThat(roles(admin)).isEqualTo("[\"USER\"]");
        assertThat(set(gateway.user(admin), user, 2, "USER").errorCodes()).containsExactly("FORBIDDEN");
    }

    @Test
    void itHoldsAlsoForSomebodyWhoCallsAllTheTime() throws Exception {
        var admin = given.admin();
        var user = given.user();
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> {
                        while (!done.get()) {
                            roles(user);
                        }
                    }))
                    .toList();
            try {
                for (int version = 1; version <= 60; version++) {
                    var role = version % 2 == 1 ? "ADMIN" : "USER";
                    set(admin, user, version, role);
                    assertThat(roles(user)).as("version %d", version).isEqualTo("[\"" + role + "\"]");
                }
            } finally {
                done.set(true);
            }
            for (var call : calls) {
                call.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aRoleThatWasOnlyTriedOrRefusedChangesNothing() {
        var admin = given.admin();
        var user = given.user();
        var input = Map.of("id", user.globalId(), "expectedVersion", 1, "role", "ADMIN");

        gateway.user(admin)
                .query(
                        SET.replace(
                                "mutation ($input: SetUserRoleInput!)", "mutation ($input: SetUserRoleInput!) @dryRun"),
                        Map.of("input", input))
                .ok();

        assertThat(roles(user)).isEqualTo("[\"USER\"]");
        assertThat(set(admin, user, 1, "USER")
                        .at("setUserRole", "user", "version")
                        .asInt())
                .as("the role that they have")
                .isEqualTo(1);
    }

    /** An instance knows nothing of what others do: there a role may be ten seconds old, and no more. */
    @Test
    void elsewhereItHoldsAfterTenSeconds() {
        var admin = given.admin();
        var user = given.user();
        var clock = new AtomicLong();
        var elsewhere =
                new UserViewers(gateway.bean(Operations.class), gateway.bean(UserRepository.class), "", clock::get);
        var identity = new Identity(gateway.address(), user.subject(), user.email());
        assertThat(role(elsewhere, identity)).isEqualTo(Role.USER);

        set(admin, user, 1, "ADMIN");

        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(role(elsewhere, identity)).isEqualTo(Role.ADMIN);
    }

    private static Role role(UserViewers viewers, Identity identity) {
        return Objects.requireNonNull(viewers.find(identity, null).block(Duration.ofSeconds(10)))
                .role();
    }

    @Test
    void theLastAdministratorKeepsTheRole() {
        var admin = given.admin();

        refused(set(admin, admin, 1, "USER"), "IN_USE", "role");
        assertThat(roles(admin)).isEqualTo("[\"ADMIN\"]");
        assertThat(set(admin, admin, 1, "ADMIN").at("setUserRole", "userErrors").isEmpty())
                .isTrue();
    }

    @Test
    void anAdministratorWhoHasNeverSignedInIsNobodyToRelyOn() {
        var admin = given.admin();
        gateway.database()
                .execute("selvage_owner", "INSERT INTO users (email, role) VALUES ('imported@example.com', 'admin')");

        refused(set(admin, admin, 1, "USER"), "IN_USE", "role");
    }

    @Test
    void administratorsWhoTakeTheRoleFromEachOtherAtTheSameMomentLeaveOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            nobodyIsThereYet();
            var admins = List.of(given.admin(), given.admin(), given.admin());
            admins.forEach(SetUserRoleTest::roles);
            var start = new CyclicBarrier(admins.size());
            try (var threads = Executors.newFixedThreadPool(admins.size())) {
                var changes = threads.invokeAll(admins.stream()
                        .<Callable<Answer>>map(admin -> () -> {
                            var victim = admins.get((admins.indexOf(admin) + 1) % admins.size());
                            var caller = gateway.user(admin);
                            start.await();
                            return set(caller, victim, 1, "USER");
                        })
                        .toList());
                int done = 0;
                for (var change : changes) {
                    var answer = change.get();
                    // Who was too late is no administrator any more, or would take the role from the last one.
                    if (answer.errorCodes().isEmpty()
                            && answer.at("setUserRole", "userErrors").isEmpty()) {
                        done++;
                    }
                }
                assertThat(administrators()).hasSize(admins.size() - done).isNotEmpty();
            }
        }
    }

    @Test
    void onlyAdministratorsGiveRoles() {
        given.admin();
        var user = given.user();

        assertThat(set(gateway.anonymous(), user, 1, "ADMIN").errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(set(gateway.user(user), user, 1, "ADMIN").errorCodes()).containsExactly("FORBIDDEN");
        assertThat(set(gateway.integrator("write:inventory write:orders"), user, 1, "ADMIN")
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(administrators()).hasSize(1);
    }

    @Test
    void aStaleVersionAndNobodyAreToldApart() {
        var admin = given.admin();
        var user = given.user();
        set(admin, user, 1, "ADMIN");

        var stale = set(admin, user, 1, "USER");

        refused(stale, "VERSION_CONFLICT", "expectedVersion");
        assertThat(stale.at("setUserRole", "userErrors", 0, "current").toString())
                .isEqualTo("{\"role\":\"ADMIN\",\"version\":2}");
        gateway.database().execute("selvage_owner", "DELETE FROM users WHERE id = '" + user.id() + "'");
        refused(set(admin, user, 2, "USER"), "NOT_FOUND", "id");
        // Also of the last administrator: what is stale is told first.
        refused(set(admin, admin, 7, "USER"), "VERSION_CONFLICT", "expectedVersion");
    }
}
