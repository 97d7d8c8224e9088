package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filters and sorts of {@code Query.users}, and {@code Query.user} by e-mail. */
class UserFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given.User admin = new Given(gateway).admin();
    private static final String WORD = Given.unique("weaver");

    @BeforeAll
    static void users() {
        gateway.database().execute("selvage_owner", """
                INSERT INTO users (email, name, role, created_at) VALUES
                    (' B.%1$s@Example.com ', '%1$s b', 'user', '2021-01-01T00:00:00.000001Z'),
                    ('a.%1$s@example.com', '%1$s a', 'admin', '2021-01-01T00:00:00.000002Z'),
                    ('C.%1$s@example.com', '%1$s c', 'user', '2021-01-01T00:00:00.000003Z')
                """.formatted(WORD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "role: ADMIN | a",
                "role: [USER] | b c",
                "role: [USER, ADMIN] | b a c",
                "role: [] | ``",
                "role: null | b a c",
                "createdAt: { gte: \"2021-01-01T00:00:00.000002Z\" } | a c",
                "createdAt: { lt: \"2021-01-01T00:00:00.000002Z\" } | b",
                "createdAt: { gte: \"2021-01-01T00:00:00.000002Z\", lt: \"2021-01-01T00:00:00.000003Z\" } | a",
                "role: USER, createdAt: { gte: \"2021-01-01T01:00:00.000002+01:00\" } | c"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter, "")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource({"CREATED_AT, ASC, b a c", "CREATED_AT, DESC, c a b", "EMAIL, ASC, a b c", "EMAIL, DESC, c b a"})
    void sortsRunBothWaysAndAddressesWithoutRegardToCaseAndSpace(String field, String direction, String expected) {
        assertThat(found("", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.%s@example.com", "B.%s@EXAMPLE.COM", "  b.%s@example.com ", "\tB.%s@Example.com\n"})
    void anAddressIsFoundWithoutRegardToCaseAndSurroundingSpace(String email) {
        var answer = gateway.user(admin)
                .query(
                        "query ($email: EmailAddress!) { user(by: { email: $email }) { name } }",
                        Map.of("email", email.formatted(WORD)));

        assertThat(answer.ok().text("user", "name")).isEqualTo(WORD + " b");
    }

    @Test
    void aUserFindsThemselvesByAnyKeyAndNobodyElse() {
        var self = new Given(gateway).user();
        var answer = gateway.user(self)
                .query("""
                { own: user(by: { email: "%s" }) { id } ownId: user(by: { id: "%s" }) { id }
                  other: user(by: { email: "a.%s@example.com" }) { id } }
                """.formatted(self.email(), self.globalId(), WORD))
                .ok();

        assertThat(answer.text("own", "id")).isEqualTo(self.globalId());
        assertThat(answer.text("ownId", "id")).isEqualTo(self.globalId());
        assertThat(answer.at("other").isNull()).isTrue();
    }

    private static List<String> found(String filter, String sort) {
        return gateway
                .user(admin)
                .query("{ users(filter: { search: \"%s\" %s } %s) { nodes { name } } }".formatted(WORD, filter, sort))
                .ok()
                .all("name", "users", "nodes")
                .stream()
                .map(name -> name.substring(WORD.length() + 1))
                .toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
