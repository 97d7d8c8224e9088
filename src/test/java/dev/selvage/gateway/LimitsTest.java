package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selvage.execution.DocumentLimit;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.execution.LimitExceeded;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Documents as large as they may be, and by one larger. */
class LimitsTest {
    private static final Gateway gateway = Gateway.running();
    private static final ExecutableSchema schema = gateway.bean(ExecutableSchema.class);
    private static final Limits limits = gateway.bean(Limits.class);

    /** A document with so much of something, and little of everything else. */
    private static String document(DocumentLimit limit, int size) {
        return switch (limit) {
            case CHARACTERS -> "{ __typename }" + " ".repeat(size - 14);
            case TOKENS ->
                "{ events { " + "totalCount(max: 5) ".repeat((size - 5) / 6) + "__typename ".repeat((size - 5) % 6)
                        + "} }";
            case DEPTH ->
                "{ __type(name: \"Event\") { " + "ofType { ".repeat(size - 2) + "name" + " }".repeat(size - 2) + " } }";
            case NESTING -> "{ " + "... { ".repeat(size) + "__typename" + " }".repeat(size) + " }";
            case ALIASES -> "{ viewer { " + numbered(size, "a%d: roles") + " } }";
            case ROOT_FIELDS ->
                "{ ...F " + "__typename ".repeat(size - 1) + "} fragment F on Query { viewer { roles } }";
            case DIRECTIVES -> "{ viewer { " + "roles @include(if: true) ".repeat(size) + "} }";
            case FRAGMENTS ->
                "{ viewer { " + numbered(size, "...F%d") + " } } " + numbered(size, "fragment F%d on Viewer { roles }");
            case FIELDS ->
                "{ viewer { " + "...F ".repeat((size - 1) / 50) + "roles ".repeat((size - 1) % 50)
                        + "} } fragment F on Viewer { " + "roles ".repeat(50) + "}";
        };
    }

    private static String numbered(int times, String text) {
        return IntStream.range(0, times).mapToObj(text::formatted).collect(Collectors.joining(" "));
    }

    @Test
    void aBodyHas256KiBAtMost() {
        var request = "{\"query\": \"{ __typename }\", \"operationName\": null, \"x\": \"%s\"}";
        int rest = 256 * 1024 - request.formatted("").length();

        var fits = gateway.anonymous().send(request.formatted("x".repeat(rest)));
        var tooLong = gateway.anonymous().send(request.formatted("x".repeat(rest + 1)));

        assertThat(fits.ok().text("__typename")).isEqualTo("Query");
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @CsvSource({
        "TOKENS, 2000",
        "DEPTH, 15",
        "NESTING, 60",
        "ALIASES, 30",
        "ROOT_FIELDS, 20",
        "DIRECTIVES, 50",
        "FRAGMENTS, 50",
        "FIELDS, 2000"
    })
    void aTextIsAnsweredAtALimitAndRefusedAboveIt(DocumentLimit limit, int bound) {
        var counted = counted(limit.tag());

        assertThat(gateway.anonymous().query(document(limit, bound)).ok().status())
                .isEqualTo(200);
        assertThat(counted(limit.tag())).isEqualTo(counted);
        var refused = gateway.anonymous().query(document(limit, bound + 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(refused.body().path("errors").get(0).path("message").asString())
                .contains(
                        String.format(Locale.ROOT, "at most %,d", bound),
                        String.format(Locale.ROOT, "%,d. ", bound + 1));
        assertThat(refused.body().path("errors").get(0).path("locations").size())
                .isEqualTo(1);
        assertThat(counted(limit.tag())).isEqualTo(counted + 1);
    }

    private static double counted(String limit) {
        return gateway.bean(MeterRegistry.class)
                .get("selvage.limits")
                .tag("limit", limit)
                .counter()
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "CHARACTERS, 65536",
        "TOKENS, 10000",
        "DEPTH, 20",
        "NESTING, 80",
        "ALIASES, 60",
        "ROOT_FIELDS, 30",
        "DIRECTIVES, 50",
        "FRAGMENTS, 100",
        "FIELDS, 5000"
    })
    void aPublishedDocumentMayBeLarger(DocumentLimit limit, int bound) {
        assertThat(published(document(limit, bound))).isEmpty();

        assertThat(published(document(limit, bound + 1)))
                .singleElement()
                .isInstanceOfSatisfying(LimitExceeded.class, exceeded -> {
                    assertThat(exceeded.limit()).isEqualTo(limit);
                    assertThat(exceeded.bound()).isEqualTo(bound);
                    assertThat(exceeded.found()).isEqualTo(bound + 1);
                });
    }

    private static List<?> published(String text) {
        return ExecutableDocument.of(schema, text, limits.published()).errors();
    }

    /** No body is as long as that once it is JSON. */
    @Test
    void aTextHasAsManyCharactersAsABodyMayHaveBytes() {
        var longest = document(DocumentLimit.CHARACTERS, 262_144);

        assertThat(ExecutableDocument.of(schema, longest, limits.freeText()).errors())
                .isEmpty();
        assertThat(ExecutableDocument.of(schema, longest + " ", limits.freeText())
                        .errors())
                .singleElement()
                .isInstanceOfSatisfying(
                        LimitExceeded.class,
                        exceeded -> assertThat(exceeded.limit()).isEqualTo(DocumentLimit.CHARACTERS));
    }

    @Test
    void commentsAreBoundedByThemselves() {
        assertThat(commented(2000).ok().status()).isEqualTo(200);
        assertThat(commented(4000).errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    private static Answer commented(int comments) {
        return gateway.anonymous().query("# why\n".repeat(comments) + "{ __typename }");
    }

    /** What it comes to is counted and not spread, or this would never end. */
    @Test
    void fragmentsThatDoubleAtEachStepAreCountedOnce() {
        var doubled = IntStream.range(0, 40)
                .mapToObj(i -> "fragment F%d on Query { ...F%d ...F%d }".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(" ", "{ ...F0 } ", " fragment F40 on Query { viewer { roles } }"));

        assertThat(gateway.anonymous().query(doubled).errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void fragmentsOfFragmentsAreAsDeepAsWhatTheyAreSpreadTo() {
        var levels = IntStream.range(0, 7)
                .mapToObj(i -> "fragment F%d on Event { inventoryItems(first: 0) { nodes { event { ...F%d } } } }"
                        .formatted(i, i + 1))
                .collect(Collectors.joining(" "));
        var query = "{ events(first: 0) { nodes { ...F%d } } } " + levels + " fragment F7 on Event { id }";

        assertThat(gateway.anonymous()
                        .query(query.formatted(3).replaceAll("fragment F[012] .*?} } } }", ""))
                        .ok()
                        .status())
                .as("two fields, four times three, and one")
                .isEqualTo(200);
        assertThat(gateway.anonymous().query(query.formatted(0)).errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    /** It is measured where it stands first. */
    @Test
    void aFragmentIsAsDeepAsTheDeepestPlaceThatItIsSpreadTo() {
        var query =
                "{ __type(name: \"Event\") { ...F %s ...F %s } } fragment F on __Type { ofType { ofType { ofType { name } } } }";

        assertThat(gateway.anonymous()
                        .query(query.formatted("ofType { ".repeat(10), "}".repeat(10)))
                        .ok()
                        .status())
                .isEqualTo(200);
        assertThat(gateway.anonymous()
                        .query(query.formatted("ofType { ".repeat(11), "}".repeat(11)))
                        .errorCodes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void aFragmentThatSpreadsItselfIsStillNoLimitsBusiness() {
        assertThat(gateway.anonymous()
                        .query("{ ...A } fragment A on Query { ...B } fragment B on Query { __typename ...A }")
                        .errorCodes())
                .isNotEmpty()
                .allMatch("GRAPHQL_VALIDATION_FAILED"::equals);
    }

    @Test
    void whatIsTooLargeIsNotValidated() {
        assertThat(gateway.anonymous().query("{ " + "nope ".repeat(21) + "}").errorCodes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void wordsAfterAFragmentsFirstUseCountWhereTheyStand() {
        var aliases = "fragment F on Viewer { " + numbered(30, "a%d: roles") + " }";

        assertThat(gateway.anonymous()
                        .query("{ viewer { ...F ...F ...F } } " + aliases)
                        .ok()
                        .status())
                .isEqualTo(200);
        assertThat(gateway.anonymous()
                        .query("{ v: viewer { ...F } } " + aliases)
                        .errorCodes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    /** As GraphiQL, code generators and Apollo's tools send it. */
    @Test
    void theWholeSchemaCanBeAskedFor() {
        var reference = "kind name " + "ofType { kind name ".repeat(9) + "}".repeat(9);
        var query = """
                query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind }
                  subscriptionType { name kind } types { ...FullType } directives { name description isRepeatable locations
                    args(includeDeprecated: true) { ...InputValue } } } }
                fragment FullType on __Type { kind name description specifiedByURL isOneOf
                  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue }
                    type { ...TypeRef } isDeprecated deprecationReason }
                  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
                  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
                  possibleTypes { ...TypeRef } }
                fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated
                  deprecationReason }
                fragment TypeRef on __Type { %s }
                """.formatted(reference);

        assertThat(gateway.anonymous().query(query).ok().text("__schema", "queryType", "name"))
                .isEqualTo("Query");
    }

    @Test
    void aPageThatIsTooLongIsCountedToo() {
        var counted = counted("operation");

        assertThat(gateway.anonymous()
                        .query("{ events(first: 101) { nodes { id } } }")
                        .errorCodes())
                .containsExactly("LIMIT_EXCEEDED");
        assertThat(counted("operation")).isEqualTo(counted + 1);
    }

    @Test
    void aLimitThatLetsNothingPassStopsTheStart() {
        var names = List.of(
                "characters", "tokens", "depth", "aliases", "root-fields", "directives", "fragments", "fields", "cost");
        for (var zero : names) {
            var settings = names.stream()
                    .collect(Collectors.toMap(
                            name -> "gateway.limits.free-text." + name, name -> name.equals(zero) ? "0" : "1"));
            settings.putAll(
                    names.stream().collect(Collectors.toMap(name -> "gateway.limits.published." + name, _ -> "1")));
            assertThatThrownBy(() -> bound(settings)).as(zero).isInstanceOf(BindException.class);
        }
    }

    private static Limits bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("gateway.limits", Limits.class);
    }
}
