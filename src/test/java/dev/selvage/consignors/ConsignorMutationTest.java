package dev.selvage.consignors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How somebody becomes a consignor, and what they change afterwards. */
class ConsignorMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static final String PAYLOAD = """
            { consignor { id version number name email phone address preferredContact user { id } }
              userErrors { __typename code message path ... on VersionConflict { current { id ... on Consignor { name version } } } } }
            """;

    private static Answer register(Caller caller, Map<String, ?> input) {
        return caller.query(
                "mutation ($input: RegisterConsignorInput!) { registerConsignor(input: $input) " + PAYLOAD + " }",
                Map.of("input", input));
    }

    private static Answer update(Caller caller, Map<String, ?> input) {
        return caller.query(
                        "mutation ($input: UpdateConsignorInput!) { updateConsignor(input: $input) " + PAYLOAD + " }",
                        Map.of("input", input))
                .ok();
    }

    private static Map<String, Object> clara() {
        return new HashMap<>(Map.of("name", "Clara", "email", "Clara@Example.com"));
    }

    private static Map<String, Object> clara(Given.User user) {
        var input = clara();
        input.put("userId", user.globalId());
        return input;
    }

    private static Map<String, Object> version(Given.Consignor consignor, int version) {
        return new HashMap<>(Map.of("id", consignor.globalId(), "expectedVersion", version));
    }

    private static void refused(Answer answer, String mutation, ErrorCode code, String field) {
        answer.ok();
        assertThat(answer.at(mutation, "consignor").isNull()).isTrue();
        assertThat(answer.all("code", mutation, "userErrors")).containsExactly(code.name());
        assertThat(answer.at(mutation, "userErrors", 0, "path").toString()).isEqualTo("[\"input\",\"" + field + "\"]");
    }

    private static List<String> rows() {
        return gateway.database()
                .query("SELECT to_jsonb(consignors)::text FROM consignors ORDER BY id", row -> row.getString(1));
    }

    @Test
    void aUserBecomesAConsignorWithANumberOfTheirOwn() {
        var user = given.user();
        var input = clara();
        input.putAll(Map.of("phone", "+14155550132", "address", "1 Mill Road", "preferredContact", "PHONE"));

        var consignor = register(gateway.user(user), input).ok().at("registerConsignor", "consignor");

        assertThat(consignor.path("user").path("id").asString()).isEqualTo(user.globalId());
        assertThat(consignor.path("number").asInt()).isPositive();
        assertThat(consignor.path("version").asInt()).isEqualTo(1);
        assertThat(consignor.path("name").asString()).isEqualTo("Clara");
        assertThat(consignor.path("email").asString()).isEqualTo("Clara@Example.com");
        assertThat(consignor.path("phone").asString()).isEqualTo("+14155550132");
        assertThat(consignor.path("preferredContact").asString()).isEqualTo("PHONE");
        assertThat(gateway.user(user)
                        .query("{ viewer { user { consignor { id } } } }")
                        .ok()
                        .text("viewer", "user", "consignor", "id"))
                .isEqualTo(consignor.path("id").asString());
    }

    @Test
    void theirOwnIdOrNullMeansThemselves() {
        var user = given.user();
        var other = given.user();
        var input = clara();
        input.put("userId", null);

        assertThat(register(gateway.user(user), clara(user)).ok().text("registerConsignor", "consignor", "user", "id"))
                .isEqualTo(user.globalId());
        assertThat(register(gateway.user(other), input).ok().text("registerConsignor", "consignor", "user", "id"))
                .isEqualTo(other.globalId());
    }

    @Test
    void anAdministratorNamesAnotherUserAndNobodyElseDoes() {
        var user = given.user();
        var before = rows();

        for (var other : List.of(user.globalId(), given.event("draft").globalId())) {
            var input = clara();
            input.put("userId", other);
            refused(register(gateway.user(given.user()), input), "registerConsignor", ErrorCode.FORBIDDEN, "userId");
        }
        assertThat(register(gateway.anonymous(), clara(user)).errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(register(gateway.integrator("read:consignors write:inventory"), clara(user))
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(rows()).isEqualTo(before);

        assertThat(register(admin, clara(user)).ok().text("registerConsignor", "consignor", "user", "id"))
                .isEqualTo(user.globalId());
    }

    @Test
    void nobodyIsFoundByAnIdThatIsNoUsers() {
        var gone = given.user();
        gateway.database().execute("selvage_owner", "DELETE FROM users WHERE id = '" + gone.id() + "'");
        var before = rows();

        refused(register(admin, clara(gone)), "registerConsignor", ErrorCode.NOT_FOUND, "userId");
        var input = clara();
        input.put("userId", given.fabric().globalId());
        refused(register(admin, input), "registerConsignor", ErrorCode.NOT_FOUND, "userId");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aUserIsAConsignorOnceAndARefusalTakesNoNumber() {
        var user = given.user();
        int first = number(register(gateway.user(user), clara()));

        refused(register(gateway.user(user), clara()), "registerConsignor", ErrorCode.NOT_UNIQUE, "userId");
        refused(register(admin, clara(user)), "registerConsignor", ErrorCode.NOT_UNIQUE, "userId");

        assertThat(number(register(gateway.user(given.user()), clara()))).isEqualTo(first + 1);
    }

    private static int number(Answer answer) {
        return answer.ok().at("registerConsignor", "consignor", "number").asInt();
    }

    @Test
    void ofManyRegistrationsAtOnceEachUserHasOneAndEachNumberIsIssuedOnce() throws Exception {
        var users = Stream.generate(given::user).limit(8).toList();
        var numbers = new HashMap<Integer, Integer>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var calls = Collections.nCopies(4, users).stream()
                    .flatMap(List::stream)
                    .<Callable<Answer>>map(user -> () -> register(gateway.user(user), clara()))
                    .toList();
            for (var call : threads.invokeAll(calls)) {
                var answer = call.get().ok();
                if (answer.at("registerConsignor", "userErrors").isEmpty()) {
                    numbers.merge(number(answer), 1, Integer::sum);
                } else {
                    refused(answer, "registerConsignor", ErrorCode.NOT_UNIQUE, "userId");
                }
            }
        }

        assertThat(numbers).hasSize(users.size());
        assertThat(numbers.values()).containsOnly(1);
    }

    @Test
    void aConsignorChangesWhatIsSentClearsWhatIsNullAndKeepsTheRest() {
        var consignor = given.consignor();
        var caller = gateway.user(consignor.user());
        var input = version(consignor, 1);
        input.putAll(Map.of("phone", "+441234567", "preferredContact", "PHONE", "address", "1 Mill Road"));
        update(caller, input);

        var changes = version(consignor, 2);
        changes.put("address", null);
        changes.put("name", "Dora");
        var changed = update(caller, changes).at("updateConsignor", "consignor");

        assertThat(changed.toString())
                .isEqualTo(
                        "{\"id\":\"%s\",\"version\":3,\"number\":%d,\"name\":\"Dora\",\"email\":\"%s\",\"phone\":\"+441234567\",\"address\":null,\"preferredContact\":\"PHONE\",\"user\":{\"id\":\"%s\"}}"
                                .formatted(
                                        consignor.globalId(),
                                        consignor.number(),
                                        consignor.user().email(),
                                        consignor.user().globalId()));
        assertThat(update(caller, version(consignor, 3))
                        .at("updateConsignor", "consignor", "version")
                        .asInt())
                .as("nothing sent, nothing changed")
                .isEqualTo(3);
    }

    @Test
    void onlyTheConsignorAndAdministratorsChangeOne() {
        var consignor = given.consignor();
        var before = rows();
        var input = version(consignor, 1);
        input.put("name", "Changed");

        for (var caller : List.of(
                gateway.anonymous(),
                gateway.user(given.user()),
                gateway.user(given.consignor().user()),
                gateway.integrator("read:consignors"))) {
            refused(update(caller, input), "updateConsignor", ErrorCode.NOT_FOUND, "id");
        }
        var gone = version(new Given.Consignor(Long.MAX_VALUE, 0, consignor.user()), 1);
        refused(update(admin, gone), "updateConsignor", ErrorCode.NOT_FOUND, "id");
        refused(
                update(admin, Map.of("id", consignor.user().globalId(), "expectedVersion", 1)),
                "updateConsignor",
                ErrorCode.NOT_FOUND,
                "id");
        assertThat(rows()).hasSize(before.size() + 1).containsAll(before);

        assertThat(update(admin, input).text("updateConsignor", "consignor", "name"))
                .isEqualTo("Changed");
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMade() {
        var consignor = given.consignor();
        var first = version(consignor, 1);
        first.put("name", "First");
        update(admin, first);

        var stale = version(consignor, 1);
        stale.put("name", "");
        var answer = update(gateway.user(consignor.user()), stale);

        refused(answer, "updateConsignor", ErrorCode.VERSION_CONFLICT, "expectedVersion");
        assertThat(answer.at("updateConsignor", "userErrors", 0, "current").toString())
                .isEqualTo("{\"id\":\"" + consignor.globalId() + "\",\"name\":\"First\",\"version\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "name, 1,",
        "name, 200,",
        "name, 0, TOO_LONG",
        "name, 201, TOO_LONG",
        "address, 1000,",
        "address, 0, TOO_LONG",
        "address, 1001, TOO_LONG"
    })
    void textsHaveTheirBounds(String field, int length, @Nullable ErrorCode code) {
        var input = clara();
        input.put(field, "é".repeat(length));
        var answer = register(gateway.user(given.user()), input);

        if (code == null) {
            assertThat(answer.ok().text("registerConsignor", "consignor", field))
                    .hasSize(length);
        } else {
            refused(answer, "registerConsignor", code, field);
        }
    }

    @Test
    void whoPrefersTheTelephoneHasANumber() {
        var user = given.user();
        var input = clara();
        input.put("preferredContact", "PHONE");
        refused(register(gateway.user(user), input), "registerConsignor", ErrorCode.REQUIRED, "phone");
        input.put("phone", "+14155550132");
        var id = register(gateway.user(user), input).ok().text("registerConsignor", "consignor", "id");

        var cleared = new HashMap<String, Object>(Map.of("id", id, "expectedVersion", 1));
        cleared.put("phone", null);
        refused(update(gateway.user(user), cleared), "updateConsignor", ErrorCode.REQUIRED, "phone");
        cleared.put("preferredContact", "EMAIL");
        assertThat(update(gateway.user(user), cleared)
                        .at("updateConsignor", "consignor", "phone")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"name, REQUIRED", "email, REQUIRED"})
    void whatMustBeThereCannotBeCleared(String field, ErrorCode code) {
        var consignor = given.consignor();
        var cleared = version(consignor, 1);
        cleared.put(field, null);

        refused(update(admin, cleared), "updateConsignor", code, field);
    }

    @Test
    void everyConstraintThatCallersCanHitHasAMeaning() {
        var names = gateway.database().query("""
                SELECT conname FROM pg_constraint
                 WHERE conrelid = 'consignors'::regclass AND contype IN ('c', 'u', 'f')
                   -- Of numbers, which the database issues, of the schema's own words, and of what items point to.
                   AND conname NOT IN ('consignors_number_positive', 'consignors_number_unique',
                                       'consignors_preferred_contact_known', 'consignors_owner_unique')
                 UNION ALL
                SELECT 'consignors.' || attname FROM pg_attribute
                 WHERE attrelid = 'consignors'::regclass AND attnum > 0 AND attnotnull AND attgenerated = ''
                   AND attname NOT IN ('id', 'version', 'number', 'user_id', 'created_at', 'updated_at')
                """, row -> row.getString(1));

        assertThat(gateway.bean(SchemaWiring.class).constraints()).containsAll(names);
    }
}
