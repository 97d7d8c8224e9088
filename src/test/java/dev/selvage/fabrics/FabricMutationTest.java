package dev.selvage.fabrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of fabrics. */
class FabricMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static final String PAYLOAD = """
            { fabric { id version name description category price { amount } weight stockQuantity inStock images tags
                etsyListingId archivedAt }
              userErrors { __typename code message path
                ... on VersionConflict { current { id ... on Fabric { name version } } }
                ... on OutOfStock { available subject { id name } } } }""";

    private static Answer call(Caller caller, String mutation, String input, Map<String, ?> variables) {
        return caller.query(
                "mutation ($input: " + input + "!) { " + mutation + "(input: $input) " + PAYLOAD + " }",
                Map.of("input", variables));
    }

    private static Answer create(Map<String, ?> input) {
        return call(admin, "createFabric", "CreateFabricInput", input);
    }

    private static Answer update(Map<String, ?> input) {
        return call(admin, "updateFabric", "UpdateFabricInput", input);
    }

    private static Map<String, Object> linen() {
        return new HashMap<>(Map.of("name", "Linen", "category", "linen", "price", "12.50"));
    }

    private static String created() {
        return create(linen()).ok().text("createFabric", "fabric", "id");
    }

    private static void refused(Answer answer, String mutation, ErrorCode code, @Nullable String field) {
        answer.ok();
        assertThat(answer.at(mutation, "fabric").isNull()).isTrue();
        assertThat(answer.at(mutation, "userErrors").size()).isEqualTo(1);
        assertThat(answer.text(mutation, "userErrors", 0, "code")).isEqualTo(code.name());
        if (field != null) {
            assertThat(answer.text(mutation, "userErrors", 0, "path", 0)).isEqualTo("input");
            assertThat(answer.text(mutation, "userErrors", 0, "path", 1)).isEqualTo(field);
        }
    }

    private static long fabrics() {
        return gateway.database()
                .query("SELECT count(*) FROM fabrics", row -> row.getLong(1))
                .getFirst();
    }

    @Test
    void aNewFabricIsThereForEverybody() {
        var input = linen();
        input.putAll(Map.of("stockQuantity", 3, "weight", 180.25, "tags", new String[] {"summer"}));
        input.put("description", null);

        var fabric = create(input).ok().at("createFabric", "fabric");

        assertThat(fabric.path("version").asInt()).isEqualTo(1);
        assertThat(fabric.path("price").path("amount").asString()).isEqualTo("12.50");
        var seen = gateway.anonymous()
                .query(
                        "query ($id: ID!) { node(id: $id) { ... on Fabric { name stockQuantity weight tags images } } }",
                        Map.of("id", fabric.path("id").asString()))
                .ok()
                .at("node");
        assertThat(seen.toString())
                .isEqualTo(
                        "{\"name\":\"Linen\",\"stockQuantity\":3,\"weight\":\"180.25\",\"tags\":[\"summer\"],\"images\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "price, -0.01, OUT_OF_RANGE",
        "price, 12.505, INVALID",
        "price, 10000000000, OUT_OF_RANGE",
        "weight, 0, OUT_OF_RANGE",
        "width, 1000000, OUT_OF_RANGE"
    })
    void aNumberThatWillNotDoIsRefusedWithItsPlace(String field, String number, ErrorCode code) {
        long before = fabrics();
        var input = linen();
        input.put(field, number);

        refused(create(input), "createFabric", code, field);

        assertThat(fabrics()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "much", "1e400"})
    void whatIsNoNumberIsRefusedBeforeAnythingIsDone(String price) {
        var input = linen();
        input.put("price", price);

        var answer = create(input);

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @CsvSource({"name, 201", "description, 10001", "category, 101", "subcategory, 101", "etsyListingId, 101"})
    void aTextThatIsTooLongIsRefusedWithItsPlace(String field, int length) {
        var input = linen();
        input.put(field, "x".repeat(length - 1));
        create(input).ok();

        input.put(field, "y".repeat(length));
        refused(create(input), "createFabric", ErrorCode.TOO_LONG, field);
    }

    @Test
    void aListingOfAnotherFabricIsRefused() {
        var input = linen();
        input.put("etsyListingId", UUID.randomUUID().toString());
        create(input).ok();

        refused(create(input), "createFabric", ErrorCode.NOT_UNIQUE, "etsyListingId");
    }

    @Test
    void anUpdateChangesWhatIsSentClearsWhatIsNullAndLeavesTheRest() {
        var input = linen();
        input.put("description", "As it was woven.");
        var id = create(input).ok().text("createFabric", "fabric", "id");
        var changes = new HashMap<String, Object>(Map.of("id", id, "expectedVersion", 1, "price", 9));
        changes.put("description", null);

        var fabric = update(changes).ok().at("updateFabric", "fabric");

        assertThat(fabric.path("version").asInt()).isEqualTo(2);
        assertThat(fabric.path("name").asString()).isEqualTo("Linen");
        assertThat(fabric.path("description").isNull()).isTrue();
        assertThat(fabric.path("price").path("amount").asString()).isEqualTo("9.00");
    }

    @Test
    void whatMustBeThereCannotBeCleared() {
        var changes = new HashMap<String, Object>(Map.of("id", created(), "expectedVersion", 1));
        changes.put("name", null);

        refused(update(changes), "updateFabric", ErrorCode.REQUIRED, "name");
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMade() {
        var id = created();
        update(Map.of("id", id, "expectedVersion", 1, "name", "First")).ok();

        var answer = update(Map.of("id", id, "expectedVersion", 1, "name", "Second"));

        refused(answer, "updateFabric", ErrorCode.VERSION_CONFLICT, "expectedVersion");
        assertThat(answer.at("updateFabric", "userErrors", 0, "current").toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"First\",\"version\":2}");
    }

    @Test
    void aStaleVersionIsToldBeforeWhatIsWrongWithTheInput() {
        var id = created();
        update(Map.of("id", id, "expectedVersion", 1, "name", "First")).ok();

        refused(
                update(Map.of("id", id, "expectedVersion", 1, "price", "0.001")),
                "updateFabric",
                ErrorCode.VERSION_CONFLICT,
                "expectedVersion");
        refused(
                update(Map.of("id", id, "expectedVersion", 2, "price", "0.001")),
                "updateFabric",
                ErrorCode.INVALID,
                "price");
    }

    @Test
    void anArchivedFabricStaysAsItIs() {
        var id = created();
        var version = Map.of("id", id, "expectedVersion", 1);
        var archived =
                call(admin, "archiveFabric", "FabricVersionInput", version).ok();
        assertThat(archived.at("archiveFabric", "fabric", "archivedAt").isNull())
                .isFalse();

        refused(
                update(Map.of("id", id, "expectedVersion", 2, "name", "New")),
                "updateFabric",
                ErrorCode.TRANSITION_BLOCKED,
                "id");
        refused(
                call(admin, "archiveFabric", "FabricVersionInput", Map.of("id", id, "expectedVersion", 2)),
                "archiveFabric",
                ErrorCode.TRANSITION_BLOCKED,
                "id");
        refused(adjust(id, 1), "adjustFabricStock", ErrorCode.TRANSITION_BLOCKED, "id");
    }

    private static Answer adjust(String id, int delta) {
        return call(admin, "adjustFabricStock", "AdjustFabricStockInput", Map.of("id", id, "delta", delta));
    }

    @Test
    void stockIsNeverTakenThatIsNotThereHoweverManyTakeItAtOnce() throws Exception {
        var id = created();
        adjust(id, 30).ok();
        Callable<Answer> take = () -> adjust(id, -1);
        int taken = 0;
        try (var buyers = Executors.newFixedThreadPool(16)) {
            for (var buyer : buyers.invokeAll(Collections.nCopies(100, take))) {
                var answer = buyer.get().ok();
                if (answer.at("adjustFabricStock", "userErrors").isEmpty()) {
                    taken++;
                } else {
                    refused(answer, "adjustFabricStock", ErrorCode.OUT_OF_STOCK, "delta");
                    assertThat(answer.at("adjustFabricStock", "userErrors", 0, "available")
                                    .asInt())
                            .isZero();
                }
            }
        }

        assertThat(taken).isEqualTo(30);
        refused(adjust(id, Integer.MIN_VALUE), "adjustFabricStock", ErrorCode.OUT_OF_STOCK, "delta");
        adjust(id, Integer.MAX_VALUE).ok();
        refused(adjust(id, 1), "adjustFabricStock", ErrorCode.OUT_OF_RANGE, "delta");
    }

    @Test
    void ofSeveralChangesInOneRequestARefusedOneLeavesNothingAndTheOthersStay() {
        var name = "three " + UUID.randomUUID();
        var answer = admin.query("""
                mutation ($name: String!) {
                  first: createFabric(input: { name: $name, category: "linen", price: 1 }) { fabric { name } userErrors { code } }
                  second: createFabric(input: { name: $name, category: "linen", price: -1 }) { fabric { name } userErrors { code } }
                  third: createFabric(input: { name: $name, category: "linen", price: 3 }) { fabric { name } userErrors { code } }
                }""", Map.of("name", name)).ok();

        assertThat(answer.at("first", "fabric", "name").asString()).isEqualTo(name);
        assertThat(answer.text("second", "userErrors", 0, "code")).isEqualTo("OUT_OF_RANGE");
        assertThat(answer.at("third", "fabric", "name").asString()).isEqualTo(name);
        assertThat(gateway.database()
                        .query("SELECT price FROM fabrics WHERE name = ? ORDER BY 1", row -> row.getInt(1), name))
                .containsExactly(1, 3);
    }

    @Test
    void aDryRunAnswersAsIfItWereDoneAndKeepsNothing() {
        long before = fabrics();
        var id = created();

        var dry = admin.query("""
                mutation ($id: ID!) @dryRun {
                  made: createFabric(input: { name: "Dry", category: "linen", price: 1 }) { fabric { id name version } userErrors { code } }
                  changed: updateFabric(input: { id: $id, expectedVersion: 1, name: "Dry" }) { fabric { name version } userErrors { code } }
                  again: updateFabric(input: { id: $id, expectedVersion: 1, name: "Drier" }) { fabric { name } userErrors { code } }
                }""", Map.of("id", id)).ok();

        assertThat(dry.text("made", "fabric", "name")).isEqualTo("Dry");
        assertThat(dry.at("changed", "fabric", "version").asInt()).isEqualTo(2);
        assertThat(dry.text("again", "userErrors", 0, "code")).isEqualTo("VERSION_CONFLICT");
        assertThat(fabrics()).isEqualTo(before + 1);
        update(Map.of("id", id, "expectedVersion", 1, "name", "Real")).ok();
    }

    @Test
    void whatIsNoFabricIsNotFound() {
        for (var id : new String[] {given.event("published").globalId(), new Given.Fabric(new UUID(1, 1)).globalId()}) {
            refused(update(Map.of("id", id, "expectedVersion", 1)), "updateFabric", ErrorCode.NOT_FOUND, "id");
            refused(adjust(id, 1), "adjustFabricStock", ErrorCode.NOT_FOUND, "id");
        }
    }

    @Test
    void onlyAdministratorsAndIntegratorsWithTheScopeChangeFabrics() {
        long before = fabrics();
        assertThat(call(gateway.anonymous(), "createFabric", "CreateFabricInput", linen())
                        .errorCodes())
                .containsExactly("UNAUTHENTICATED");
        assertThat(call(gateway.user(given.user()), "createFabric", "CreateFabricInput", linen())
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(call(gateway.integrator("write:orders"), "createFabric", "CreateFabricInput", linen())
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(fabrics()).isEqualTo(before);

        var made = call(gateway.integrator("write:fabrics"), "createFabric", "CreateFabricInput", linen())
                .ok();
        assertThat(made.at("createFabric", "userErrors").isEmpty()).isTrue();
        assertThat(fabrics()).isEqualTo(before + 1);
    }
}
