package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.execution.Execution;
import dev.selvage.kernel.Budget;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What operations cost: before they are executed, with any variables, and once they are answered. */
class CostTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final ExecutableSchema schema = gateway.bean(ExecutableSchema.class);
    private static final DocumentLimits limits = gateway.bean(Limits.class).published();

    private static ExecutableDocument document(String text) {
        var document = ExecutableDocument.of(schema, text, limits);
        assertThat(document.errors()).isEmpty();
        return document;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "0    | { __typename }",
                "0    | { viewer { roles scopes __typename } }",
                "1    | { viewer { user { name email } } }",
                "1    | { event(id: \"x\") { name sale { start end } } }",
                "10   | { events(first: 10) { nodes { name sale { start } } pageInfo { endCursor } } }",
                "10   | { events(last: 10) { edges { cursor node { name } } } }",
                "25   | { events(first: 10) { edges { node { id } } nodes { id } totalCount } }",
                "5    | { events { totalCount } }",
                "0    | { events(first: 0) { nodes { id } } }",
                "20   | { events { nodes { id } } }",
                "20   | { events(first: null) { nodes { id } } }",
                "7    | { events(first: 7, last: null) { nodes { id } } }",
                "0    | { events(first: -5) { nodes { id } } }",
                "100  | { events(first: 101) { nodes { id } } }",
                "100  | { events(first: 2147483647) { nodes { id } } }",
                "30   | { a: events(first: 10) { nodes { id } } b: events(first: 20) { nodes { id } } }",
                "10   | { events(first: 10) { ...F nodes { id } } } fragment F on EventConnection { nodes { name } ...G } fragment G on EventConnection { nodes { status } }",
                "110  | { events(first: 10) { nodes { inventoryItems(first: 5) { nodes { event { id } } } } } }",
                "60   | { events(first: 10) { nodes { inventoryItems(first: 5) { totalCount } } } }",
                "1    | { node(id: \"x\") { id } }",
                "8    | { node(id: \"x\") { ... on Event { inventoryItems(first: 7) { nodes { id } } } ... on Fabric { name } } }",
                "4    | { node(id: \"x\") { ... on Event { inventoryItems(first: 2) { nodes { id } } } ... on Consignor { inventoryItems(first: 3) { nodes { id } } } } }",
                "2    | { nodes(ids: [\"x\", \"y\"]) { id } }",
                "1    | { nodes(ids: \"x\") { id } }",
                "0    | { nodes(ids: []) { id } }",
                "25   | { search(query: \"x\", first: 10) { nodes { node { id } } } }",
                "45   | { search(query: \"x\") { edges { node { node { id } } } } }",
                "100  | { changes { nodes { at } } }",
                "50   | { auditTrail { nodes { at } } }",
                "10   | { metricRollup(measure: SUM, by: [DAY]) { key value } }",
                "202  | { orders(first: 2) { nodes { lines { subject { name } } shippingAddress { city } } } }",
                "2    | { events(first: 2) { nodes { transitions { to blockers { code } } } } }",
                "100  | { __schema { types { name } } }",
                "0    | { events @skip(if: true) { nodes { id } } }",
                "0    | { events @include(if: false) { nodes { id } } }",
                "6    | mutation { publishEvent(input: { id: \"x\", expectedVersion: 1 }) { event { name } userErrors { code } } }",
                "5    | mutation { publishEvent(input: { id: \"x\", expectedVersion: 1 }) { userErrors { code ... on VersionConflict { current { id } } } } }",
                "12   | mutation { a: publishEvent(input: { id: \"x\", expectedVersion: 1 }) { event { name } } b: publishEvent(input: { id: \"x\", expectedVersion: 1 }) { event { name } } }",
                "12   | mutation { reviewInventoryItems(inputs: [{ approve: { id: \"x\", expectedVersion: 1 } }, { approve: { id: \"y\", expectedVersion: 1 } }]) { inventoryItem { name } } }",
                "7    | mutation { recordMetrics(inputs: [{ metricType: \"a\", value: 1, date: \"2026-01-01\" }, { metricType: \"b\", value: 1, date: \"2026-01-01\" }]) { metrics { id } } }"
            })
    void aDocumentCostsTheObjectsThatItMayAnswer(int cost, String text) {
        assertThat(document(text).prepare(null, Map.of()).cost()).isEqualTo(cost);
        assertThat(document(text).maxCost()).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "20  | 100  | ($n: Int)        { events(first: $n) { nodes { id } } } | {}",
                "20  | 100  | ($n: Int)        { events(first: $n) { nodes { id } } } | {\"n\": null}",
                "3   | 100  | ($n: Int)        { events(first: $n) { nodes { id } } } | {\"n\": 3}",
                "3   | 100  | ($n: Int)        { events(last: $n) { nodes { id } } }  | {\"n\": 3}",
                "7   | 100  | ($n: Int = 7)    { events(first: $n) { nodes { id } } } | {}",
                "20  | 100  | ($n: Int = 7)    { events(first: $n) { nodes { id } } } | {\"n\": null}",
                "0   | 100  | ($n: Int)        { events(first: $n) { nodes { id } } } | {\"n\": -1}",
                "100 | 100  | ($n: Int)        { events(first: $n) { nodes { id } } } | {\"n\": 101}",
                "4   | 100  | ($n: Int, $m: Int) { events(first: $n, last: $m) { nodes { id } } } | {\"m\": 4}",
                "100 | 100  | ($n: Int)        { changes(first: $n) { nodes { at } } } | {}",
                "45  | 205  | ($n: Int)        { search(query: \"x\", first: $n) { nodes { node { id } } } } | {}",
                "11  | 1100 | ($n: Int)        { events(first: $n) { nodes { inventoryItems(first: 5) { nodes { event { id } } } } } } | {\"n\": 1}",
                "3   | 100  | ($ids: [ID!]!)   { nodes(ids: $ids) { id } } | {\"ids\": [\"x\", \"y\", \"z\"]}",
                "2   | 2    | ($id: ID!)       { nodes(ids: [$id, \"y\"]) { id } } | {\"id\": \"x\"}",
                "10  | 10   | ($on: Boolean!)  { events(first: 10) @include(if: $on) { nodes { id } } } | {\"on\": true}",
                "0   | 10   | ($on: Boolean!)  { events(first: 10) @include(if: $on) { nodes { id } } } | {\"on\": false}",
                "0   | 10   | ($on: Boolean!)  { events(first: 10) @skip(if: $on) { nodes { id } } } | {\"on\": true}",
                "13  | 40   | ($on: Boolean!)  { a: events(first: 13) @skip(if: $on) { nodes { id } } b: events(first: 27) @include(if: $on) { nodes { id } } } | {\"on\": false}"
            })
    void variablesSayHowManyAndWhateverTheySayItIsNeverMoreThanTheMost(
            int cost, int most, String text, String variables) {
        var document = document("query Q" + text);

        assertThat(document.prepare(null, values(variables)).cost()).isEqualTo(cost);
        assertThat(document.maxCost()).isEqualTo(most);
    }

    private static Map<String, Object> values(String json) {
        return JsonMapper.shared().readValue(json, new TypeReference<>() {});
    }

    @Test
    void aBatchCountsEachOfItsInputs() {
        var review = document(
                "mutation ($inputs: [ReviewInventoryItemInput!]!) { reviewInventoryItems(inputs: $inputs) { userErrors { code } } }");
        var input = Map.of("approve", Map.of("id", "x", "expectedVersion", 1));

        assertThat(review.prepare(null, Map.of("inputs", Collections.nCopies(4, input)))
                        .cost())
                .isEqualTo(20);
        assertThat(review.maxCost()).isEqualTo(2500);
    }

    @Test
    void theDearestOfSomeOperationsCounts() {
        assertThat(document(
                                "query A { events(first: 3) { nodes { id } } } query B { events(first: 9) { nodes { id } } }")
                        .maxCost())
                .isEqualTo(9);
    }

    @Test
    void whatCostsMoreThanNumbersGoIsTheLargestOfThem() {
        var levels = 6;
        var query = "{ events(first: 100) { nodes { " + "inventoryItems(first: 100) { nodes { event { ".repeat(levels)
                + "id" + " } } }".repeat(levels) + " } } }";
        var roomy = new DocumentLimits(10_000, 1000, 50, 1, 1, 1, 1, 1000, 1);
        var document = ExecutableDocument.of(schema, query, roomy);

        assertThat(document.maxCost()).isEqualTo(Integer.MAX_VALUE);
        assertThat(document.prepare(null, Map.of()).cost()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aTextMayCostFiveThousandAndNoMore() {
        var counted = refused();
        var fits = "{ events(first: 100) { nodes { inventoryItems(first: 49) { nodes { id } } } } }";

        assertThat(gateway.anonymous().query(fits).ok().status()).isEqualTo(200);
        assertThat(gateway.anonymous()
                        .query(fits.replace(
                                "{ events", "{ one: event(id: \"" + GlobalId.of("Event", 1) + "\") { id } events"))
                        .errorCodes())
                .containsExactly("COST_LIMIT_EXCEEDED");
        assertThat(refused()).isEqualTo(counted + 1);
    }

    private static double refused() {
        return gateway.bean(MeterRegistry.class)
                .get("selvage.limits")
                .tag("limit", "cost")
                .counter()
                .count();
    }

    @Test
    void whatIsTooDearIsToldWhatItWouldCostAndWhatToDo() {
        var answer = gateway.anonymous()
                .query("{ events(first: 100) { nodes { inventoryItems(first: 100) { nodes { event { id } } } } } }");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body().path("errors").get(0).path("message").asString())
                .contains("20,100", "5,000", "smaller pages");
        assertThat(answer.statements()).isZero();
    }

    static List<String> shippedDocuments() {
        return TestPostgres.resources("classpath*:graphql/documents/*.graphql");
    }

    /** So that each of them can be called with any variables. */
    @ParameterizedTest
    @MethodSource
    void shippedDocuments(String text) {
        assertThat(document(text).maxCost()).isBetween(1, limits.cost());
    }

    @Test
    void anAnswerCostsTheObjectsThatAreInIt() {
        var consignor = given.consignor();
        var event = given.event("published");
        IntStream.range(0, 3).forEach(_ -> given.item(event, consignor, "approved"));
        var id = event.globalId();

        assertThat(answered("{ event(id: \"" + id + "\") { inventoryItems(first: 50) { nodes { event { name } } } } }"))
                .isEqualTo(1 + 3 * 2);
        assertThat(answered(
                        "{ event(id: \"" + id + "\") { inventoryItems(first: 50) { edges { cursor } totalCount } } }"))
                .isEqualTo(1 + 5);
        assertThat(answered("{ event(id: \"" + GlobalId.of("Event", 999_999_999) + "\") { name } }"))
                .isZero();
        assertThat(answered("{ nodes(ids: [\"" + id + "\", \"" + GlobalId.of("Event", 999_999_999) + "\"]) { id } }"))
                .isEqualTo(1);
        assertThat(answered("{ viewer { roles } __typename }")).isZero();
    }

    private static int answered(String text) {
        return answered(document(text).prepare(null, Map.of()), Viewer.ANONYMOUS);
    }

    static int answered(ExecutableDocument.Prepared prepared, Viewer viewer) {
        var operation = gateway.bean(Operations.class).begin(viewer, Budget.NONE);
        var answer = Execution.execute(prepared, operation)
                .doFinally(_ -> operation.end())
                .block();
        return Objects.requireNonNull(answer).cost();
    }
}
