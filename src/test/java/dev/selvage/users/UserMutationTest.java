package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of users; of their role see {@link SetUserRoleTest}. */
class UserMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static final String UPDATE = """
            mutation ($input: UpdateUserInput!) { updateUser(input: $input) {
              user { id version email name role image }
              userErrors { __typename code message path ... on VersionConflict { current { id ... on User { name version } } } } } }
            """;

    private static Answer update(Caller caller, Map<String, ?> input) {
        return caller.query(UPDATE, Map.of("input", input)).ok();
    }

    private static Answer update(Given.User user, Map<String, ?> input) {
        return update(gateway.user(user), input);
    }

    private static Map<String, Object> version(Given.User user, int version) {
        return new HashMap<>(Map.of("id", user.globalId(), "expectedVersion", version));
    }

    private static Map<String, Object> named(Given.User user, int version, String name) {
        var input = version(user, version);
        input.put("name", name);
        return input;
    }

    private static void refused(Answer answer, ErrorCode code, String field) {
        assertThat(answer.at("updateUser", "user").isNull()).isTrue();
        assertThat(answer.all("code", "updateUser", "userErrors")).containsExactly(code.name());
        assertThat(answer.at("updateUser", "userErrors", 0, "path").toString())
                .isEqualTo("[\"input\",\"" + field + "\"]");
    }

    private static List<String> row(Given.User user) {
        return gateway.database()
                .query("SELECT to_jsonb(users)::text FROM users WHERE id = ?", row -> row.getString(1), user.id());
    }

    @Test
    void aUserChangesTheirNameAndImageAndNothingElse() {
        var user = given.user();
        var input = named(user, 1, "Wanda");
        input.put("image", "https://example.com/wanda.png");

        var changed = update(user, input).at("updateUser", "user");

        assertThat(changed.toString())
                .isEqualTo(
                        "{\"id\":\"%s\",\"version\":2,\"email\":\"%s\",\"name\":\"Wanda\",\"role\":\"USER\",\"image\":\"%s\"}"
                                .formatted(user.globalId(), user.email(), "https://example.com/wanda.png"));
    }

    @Test
    void whatIsNotSentStaysAndWhatIsNullIsCleared() {
        var user = given.user();
        var input = named(user, 1, "Wanda");
        input.put("image", "https://example.com/wanda.png");
        update(user, input);

        var cleared = version(user, 2);
        cleared.put("name", null);
        var changed = update(user, cleared).at("updateUser", "user");

        assertThat(changed.path("name").isNull()).isTrue();
        assertThat(changed.path("image").asString()).isEqualTo("https://example.com/wanda.png");
        assertThat(changed.path("version").asInt()).isEqualTo(3);
        assertThat(update(user, version(user, 3))
                        .at("updateUser", "user", "version")
                        .asInt())
                .as("nothing sent, nothing changed")
                .isEqualTo(3);
    }

    @Test
    void anAdministratorChangesAnybodysNameAndOthersOnlyTheirOwn() {
        var user = given.user();
        var before = row(user);

        for (var caller : List.of(
                gateway.anonymous(),
                gateway.user(given.user()),
                gateway.user(given.consignor().user()),
                gateway.integrator("read:consignors write:inventory write:orders write:calendar"))) {
            refused(update(caller, named(user, 1, "Changed")), ErrorCode.NOT_FOUND, "id");
        }
        assertThat(row(user)).isEqualTo(before);

        assertThat(update(admin, named(user, 1, "Changed")).text("updateUser", "user", "name"))
                .isEqualTo("Changed");
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMade() {
        var user = given.user();
        update(user, named(user, 1, "First"));

        var answer = update(user, named(user, 1, "Second"));

        refused(answer, ErrorCode.VERSION_CONFLICT, "expectedVersion");
        assertThat(answer.at("updateUser", "userErrors", 0, "current").toString())
                .isEqualTo("{\"id\":\"" + user.globalId() + "\",\"name\":\"First\",\"version\":2}");
        refused(update(given.user(), named(user, 1, "Stranger")), ErrorCode.NOT_FOUND, "id");
    }

    @ParameterizedTest
    @CsvSource({
        "name, 0, TOO_LONG",
        "name, 1,",
        "name, 200,",
        "name, 201, TOO_LONG",
    })
    void aNameHasItsBounds(String field, int length, ErrorCode code) {
        var user = given.user();
        var answer = update(user, named(user, 1, "é".repeat(length)));

        if (code == null) {
            assertThat(answer.text("updateUser", "user", "name")).hasSize(length);
        } else {
            refused(answer, code, field);
        }
    }

    @Test
    void whatNoColumnHoldsIsRefusedWithItsPlace() {
        var user = given.user();

        refused(update(user, named(user, 1, "W\0anda")), ErrorCode.INVALID, "name");
        var shouted = version(user, 1);
        shouted.put("image", "HTTPS://example.com/wanda.png");
        refused(update(user, shouted), ErrorCode.INVALID, "image");
    }

    @Test
    void aDryRunKeepsNothing() {
        var user = given.user();
        var before = row(user);

        var dry = gateway.user(user)
                .query(
                        UPDATE.replace(
                                "mutation ($input: UpdateUserInput!)", "mutation ($input: UpdateUserInput!) @dryRun"),
                        Map.of("input", named(user, 1, "Dry")))
                .ok();

        assertThat(dry.text("updateUser", "user", "name")).isEqualTo("Dry");
        assertThat(row(user)).isEqualTo(before);
    }

    @Test
    void everyConstraintThatCallersCanHitHasAMeaning() {
        var names = gateway.database().query("""
                SELECT conname FROM pg_constraint
                 WHERE conrelid = 'users'::regclass AND contype IN ('c', 'u')
                   -- Of what only a sign-in writes, or the schema's own words.
                   AND conname NOT IN ('users_email_shape', 'users_identity_whole', 'users_identity_unique', 'users_role_known')
                """, row -> row.getString(1));

        assertThat(gateway.bean(SchemaWiring.class).constraints()).containsAll(names);
    }
}
