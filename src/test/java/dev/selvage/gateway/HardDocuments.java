package dev.selvage.gateway;

import static dev.selvage.gateway.HardDocuments.Kind.WHOLE;

import dev.selvage.kernel.GlobalId;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Documents that are easily answered wrongly, and in {@link HardRequests} those that are so by what is sent with them. */
final class HardDocuments {
    /** How an administrator's answer looks. */
    enum Kind {
        WHOLE,
        WITH_ERRORS,
        NULL,
        REFUSED
    }

    record Case(String name, String text, @Nullable String operationName, Map<String, Object> variables, Kind answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String EVENT = GlobalId.of("Event", 1);
    private static final String NO_EVENT = GlobalId.of("Event", 999_999);
    private static final String ITEM = GlobalId.of("InventoryItem", 201);
    private static final String FABRIC = GlobalId.of("Fabric", "00000000-0000-7000-8001-000000000001");
    private static final String ORDER = GlobalId.of("Order", "00000000-0000-7000-8002-000000000001");

    private HardDocuments() {}

    static Case hard(Kind answer, String name, String text, String variables) {
        return hard(answer, name, text, variables, null);
    }

    /** Ids stand in text and variables by their names. */
    static Case hard(Kind answer, String name, String text, String variables, @Nullable String operationName) {
        Map<String, Object> values = JsonMapper.shared().readValue(withIds(variables), new TypeReference<>() {});
        return new Case(name, withIds(text), operationName, values, answer);
    }

    private static String withIds(String text) {
        return text.replace("<event>", EVENT)
                .replace("<no event>", NO_EVENT)
                .replace("<item>", ITEM)
                .replace("<fabric>", FABRIC)
                .replace("<order>", ORDER);
    }

    static Stream<Case> all() {
        return Stream.of(merges(), types(), conditions(), HardRequests.all()).flatMap(cases -> cases);
    }

    private static Stream<Case> merges() {
        return Stream.of(
                hard(WHOLE, "one field twice", """
                        { event(id: "<event>") { name } event(id: "<event>") { location name } }
                        """, "{}"),
                hard(WHOLE, "the first place of a field decides the order", """
                        { b: viewer { roles } a: viewer { scopes } ... { b: viewer { scopes } c: __typename } b: viewer { __typename } }
                        """, "{}"),
                hard(WHOLE, "lists merged level by level", """
                        { events(first: 2) { nodes { id } ...A pageInfo { endCursor } }
                          events(first: 2) { totalCount ...A nodes { inventoryItems(first: 2) { nodes { name } } } } }
                        fragment A on EventConnection { nodes { sale { start } ...B inventoryItems(first: 2) { edges { cursor } } } edges { node { id } } }
                        fragment B on Event { sale { end start } inventoryItems(first: 2) { edges { node { id } } nodes { event { ...C } } } }
                        fragment C on Event { name ... on Node { id } }
                        """, "{}"),
                hard(WHOLE, "one fragment in two places", """
                        { a: event(id: "<event>") { ...F } b: event(id: "<event>") { status ...F dropOff { end ...W } } }
                        fragment F on Event { name sale { ...W } dropOff { ...W } }
                        fragment W on TimeWindow { start end }
                        """, "{}"),
                hard(WHOLE, "a fragment within itself by another way", """
                        { events(first: 1) { nodes { ...A ...B } } }
                        fragment A on Event { id ...C } fragment B on Event { ...C ...A name } fragment C on Event { status }
                        """, "{}"),
                hard(WHOLE, "the same lists under other names", """
                        { a: events(first: 1) { totalCount nodes { id } } b: events(first: 1) { totalCount nodes { id } }
                          c: events(last: 1) { nodes { a: id b: id id c: name } x: totalCount(max: 3) y: totalCount(max: 3) } }
                        """, "{}"),
                hard(WHOLE, "what is in edges and in nodes", """
                        { inventoryItems(first: 3) { edges { node { event { name } } } nodes { event { id name } } edges { cursor node { id } } } }
                        """, "{}"),
                hard(WHOLE, "arguments in another order and form", """
                        query ($n: Int = 2) { events(first: $n, sort: { field: NAME, direction: ASC }) { nodes { id } }
                          events(sort: { field: NAME, direction: ASC }, first: $n) { nodes { name } } }
                        """, "{}"),
                hard(WHOLE, "deep", """
                        { events(first: 1) { nodes { inventoryItems(first: 2) { nodes { event { inventoryItems(first: 2) { nodes { event {
                            inventoryItems(first: 1) { nodes { event { inventoryItems(first: 1) { nodes { event { id name sale { end } } } } } } }
                        } } } } } } } } }
                        """, "{}"));
    }

    private static Stream<Case> types() {
        return Stream.of(
                hard(WHOLE, "one key, another field of each type", """
                        query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { x: name y: status } ... on Fabric { x: category tags }
                          ... on InventoryItem { x: name price { amount } w: category } } }
                        """, """
                        { "ids": ["<event>", "<fabric>", "<no event>", "<item>", "<event>"] }"""),
                hard(WHOLE, "one key, other arguments of each type", """
                        { nodes(ids: ["<event>", "<fabric>", "<item>"]) { ... on Event { page: inventoryItems(first: 1) { nodes { id } } }
                          ... on Fabric { other: orders(first: 1) { nodes { id } totalCount } }
                          ... on InventoryItem { in: event { page: inventoryItems(first: 2) { nodes { name } } } } } }
                        """, "{}"),
                hard(WHOLE, "interfaces within objects and the other way", """
                        { fabrics(first: 2) { nodes { ... on Purchasable { name ... on Node { id ... on Fabric { width ... on Purchasable {
                            price { currency } } } ... on Event { location } } } } }
                          node(id: "<item>") { ... on Purchasable { category ... on InventoryItem { size } } ...N } }
                        fragment N on Node { id ... on Purchasable { price { amount currency } availableQuantity } }
                        """, "{}"),
                hard(WHOLE, "objects of two types in one list", """
                        { order(by: { id: "<order>" }) { lines { quantity subject { __typename id ... on Fabric { stockQuantity same: orders(first: 1) {
                            nodes { id } } } ... on InventoryItem { event { name } bought: order { id } } name } } } }
                        """, "{}"),
                hard(WHOLE, "found words", """
                        { search(query: "linen", first: 5) { edges { cursor node { rank highlight node { __typename ... on Event { name }
                            ... on InventoryItem { event { id } name } ... on Fabric { name } id } } } pageInfo { hasNextPage } } }
                        """, "{}"),
                hard(
                        WHOLE,
                        "a misspelt word of which nothing is read",
                        "{ search(query: \"linnen\") { pageInfo { hasNextPage } } }",
                        "{}"),
                hard(WHOLE, "type names everywhere", """
                        { __typename t: __typename viewer { __typename } events(first: 1) { __typename edges { __typename node { t: __typename
                          sale { __typename } } } pageInfo { __typename } } ... on Query { u: __typename } nodes(ids: ["<event>", "<fabric>"]) { a: __typename
                          ... on Purchasable { b: __typename } } }
                        """, "{}"),
                hard(WHOLE, "fragments of other types by name", """
                        { nodes(ids: ["<event>", "<fabric>", "<item>"]) { ...E ...P ...E } } fragment E on Event { x: location ... on Node { ...I } } fragment I on InventoryItem { size }
                        fragment P on Purchasable { y: category }
                        """, "{}"),
                hard(WHOLE, "nothing of some types", """
                        { nodes(ids: ["<event>", "<fabric>"]) { ... on Event { id inventoryItems(first: 1) { nodes { id } } } } }
                        """, "{}"));
    }

    private static Stream<Case> conditions() {
        var both =
                "query ($a: Boolean!, $b: Boolean = true) { event(id: \"<event>\") { id @include(if: $a) name @skip(if: $b)"
                        + " status @include(if: $a) @skip(if: $b) ... @include(if: $b) { version ...F @skip(if: $a) } sale @skip(if: $a) { end }"
                        + " sale @include(if: $b) { start } } viewer @include(if: $a) { roles } } fragment F on Event { location @include(if: $b) }";
        return Stream.of(
                hard(WHOLE, "both conditions, one way", both, "{ \"a\": true }"),
                hard(WHOLE, "both conditions, another way", both, "{ \"a\": false, \"b\": true }"),
                hard(WHOLE, "both conditions, a third way", both, "{ \"a\": true, \"b\": false }"),
                hard(WHOLE, "both conditions, a fourth way", both, "{ \"a\": false, \"b\": false }"),
                hard(WHOLE, "constants", """
                        { a: __typename @skip(if: true) b: __typename @include(if: false) c: __typename @skip(if: false) @include(if: true)
                          d: __typename @skip(if: true) @include(if: true) e: __typename @include(if: false) @skip(if: false)
                          ... @skip(if: true) { f: __typename } ...F @include(if: false) ...F } fragment F on Query { g: __typename }
                        """, "{}"),
                hard(WHOLE, "nothing is left", """
                        { event(id: "<event>") { name @skip(if: true) sale { start @include(if: false) } } events(first: 2) { nodes { id @skip(if: true) } } }
                        """, "{}"),
                hard(
                        WHOLE,
                        "nothing at all is left",
                        "{ ...F @skip(if: true) } fragment F on Query { __typename }",
                        "{}"),
                hard(WHOLE, "nothing is read for what is left", """
                        { nodes(ids: ["<event>", "<item>"]) { ... on Event { inventoryItems(first: 1) @skip(if: true) { nodes { id } } } id @skip(if: true) } }
                        """, "{}"),
                hard(WHOLE, "a fragment skipped here and spread there", """
                        query ($a: Boolean!) { event(id: "<event>") { ...F @skip(if: $a) ... { ...F @include(if: $a) } ... on Node { ...F } } }
                        fragment F on Event { name sale { start @skip(if: $a) end @include(if: $a) } }
                        """, "{ \"a\": true }"));
    }
}
