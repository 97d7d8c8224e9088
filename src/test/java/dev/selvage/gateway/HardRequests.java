package dev.selvage.gateway;

import static dev.selvage.gateway.HardDocuments.Kind.NULL;
import static dev.selvage.gateway.HardDocuments.Kind.REFUSED;
import static dev.selvage.gateway.HardDocuments.Kind.WHOLE;
import static dev.selvage.gateway.HardDocuments.Kind.WITH_ERRORS;
import static dev.selvage.gateway.HardDocuments.hard;

import dev.selvage.gateway.HardDocuments.Case;
import java.util.stream.Stream;

/** Variables, operations by name, questions about the schema, errors and texts that are easily answered wrongly. */
final class HardRequests {
    private HardRequests() {}

    static Stream<Case> all() {
        return Stream.of(variables(), operations(), introspection(), nulls(), texts())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> variables() {
        return Stream.of(
                hard(
                        NULL,
                        "numbers for ids",
                        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                        "{ \"ids\": [1, 2] }"),
                hard(
                        WITH_ERRORS,
                        "a number for an id",
                        "query ($id: ID!) { event(id: $id) { name } }",
                        "{ \"id\": 12 }"),
                hard(
                        WITH_ERRORS,
                        "a fraction for an id",
                        "query ($id: ID!) { event(id: $id) { name } }",
                        "{ \"id\": 1.5 }"),
                hard(
                        REFUSED,
                        "a text for a number",
                        "query ($n: Int) { events(first: $n) { nodes { id } } }",
                        "{ \"n\": \"2\" }"),
                hard(
                        WHOLE,
                        "a whole number with a point",
                        "query ($n: Int) { events(first: $n) { nodes { id } } }",
                        "{ \"n\": 2.0 }"),
                hard(
                        REFUSED,
                        "a number out of bounds",
                        "query ($n: Int) { events(first: $n) { nodes { id } } }",
                        "{ \"n\": 2147483648 }"),
                hard(WHOLE, "one value for a list", """
                        query ($s: [EventStatus!], $one: EventStatus! = COMPLETED) { a: events(first: 2, filter: { status: $s }) { nodes { status } }
                          b: events(first: 2, filter: { status: PUBLISHED }) { nodes { status } } c: events(first: 2, filter: { status: [$one] }) { nodes { status } } }
                        """, "{ \"s\": \"PUBLISHED\" }"),
                hard(WHOLE, "one id for a list", "{ nodes(ids: \"<event>\") { id } }", "{}"),
                hard(WHOLE, "defaults, given and not", """
                        query ($n: Int = 1, $f: EventFilter = { status: [COMPLETED] }, $s: EventSort = { field: NAME }) {
                          events(first: $n, filter: $f, sort: $s) { nodes { name status } totalCount(max: $n) } }
                        """, "{ \"n\": 3 }"),
                hard(WHOLE, "defaults against null", """
                        query ($n: Int = 1, $f: EventFilter = { status: [COMPLETED] }, $s: EventSort = { field: NAME }) {
                          events(first: $n, filter: $f, sort: $s) { nodes { name status } totalCount(max: $n) } }
                        """, "{ \"n\": null, \"f\": null, \"s\": null }"),
                hard(WHOLE, "absent within objects", """
                        query ($from: DateTime, $to: DateTime, $search: String, $size: Int) {
                          events(first: $size, filter: { search: $search, saleStart: { gte: $from, lt: $to } }) { nodes { id } } }
                        """, "{ \"to\": null }"),
                hard(
                        WITH_ERRORS,
                        "null for a key",
                        "query ($i: ID = \"<item>\") { inventoryItem(by: { id: $i }) { id } viewer { roles } }",
                        "{ \"i\": null }"),
                hard(
                        NULL,
                        "null within a list",
                        "query ($t: String = \"soft\") { viewer { roles } fabrics(filter: { tags: [\"soft\", $t] }) { nodes { id } } }",
                        "{ \"t\": null }"),
                hard(
                        WHOLE,
                        "a default within a list",
                        "query ($t: String = \"soft\") { fabrics(filter: { tags: [\"soft\", $t] }) { nodes { tags } } }",
                        "{}"),
                hard(WHOLE, "absent where there is a default, beside one within a list", """
                        query ($d: SortDirection, $n: Int, $s: EventStatus = COMPLETED) {
                          events(first: $n, filter: { status: [$s] }, sort: { field: NAME, direction: $d }) { nodes { name } } }
                        """, "{}"),
                hard(REFUSED, "absent where it is required", "query ($id: ID!) { event(id: $id) { id } }", "{}"),
                hard(
                        REFUSED,
                        "null where it is required",
                        "query ($id: ID!) { event(id: $id) { id } }",
                        "{ \"id\": null }"),
                hard(
                        REFUSED,
                        "no such word",
                        "query ($s: [EventStatus!]) { events(filter: { status: $s }) { totalCount } }",
                        "{ \"s\": [\"OPEN\"] }"),
                hard(
                        WHOLE,
                        "more than is declared",
                        "query ($n: Int) { events(first: $n) { nodes { id } } }",
                        "{ \"n\": 1, \"m\": { \"a\": [1] } }"));
    }

    private static Stream<Case> operations() {
        var three =
                "query A($x: Boolean!) { a: __typename @include(if: $x) ...F } query B($x: String) { events(first: 1, filter: { search: $x }) { nodes { name } } }"
                        + " query C($x: Boolean = false) { ...F b: __typename @skip(if: $x) } fragment F on Query { viewer { roles scopes } }";
        return Stream.of(
                hard(WHOLE, "the first of three", three, "{ \"x\": true }", "A"),
                hard(WHOLE, "the second of three", three, "{ \"x\": \"Spring\" }", "B"),
                hard(WHOLE, "the third of three", three, "{ \"x\": true }", "C"),
                hard(WHOLE, "the first of three once more", three, "{ \"x\": false }", "A"),
                hard(WHOLE, "the third of three by its default", three, "{}", "C"),
                hard(REFUSED, "none of three", three, "{ \"x\": true }"),
                hard(REFUSED, "another than the three", three, "{ \"x\": true }", "D"),
                hard(WHOLE, "the root of all changes", "mutation { __typename }", "{}"),
                hard(REFUSED, "no subscriptions", "subscription { __typename }", "{}"));
    }

    private static Stream<Case> introspection() {
        return Stream.of(
                hard(WHOLE, "the schema beside data", """
                        { __schema { queryType { name } } viewer { roles } t: __type(name: "Event") { name fields { name } } __typename }
                        """, "{}"),
                hard(
                        WHOLE,
                        "a type by a variable",
                        "query ($n: String!) { __type(name: $n) { kind name possibleTypes { name } } events(first: 1) { nodes { id } } }",
                        "{ \"n\": \"Purchasable\" }"),
                hard(
                        WHOLE,
                        "a type that is none",
                        "query ($n: String = \"Nope\") { x: __type(name: $n) { kind } }",
                        "{}"),
                hard(
                        WITH_ERRORS,
                        "a type by null",
                        "query ($n: String = \"Event\") { x: __type(name: $n) { kind } viewer { roles } }",
                        "{ \"n\": null }"),
                hard(WHOLE, "introspection merged and under conditions", """
                        query ($a: Boolean = false, $b: Boolean!, $id: ID!, $s: [EventStatus!]) { __type(name: "EventStatus") { ...T kind @include(if: $a) description @include(if: $b) }
                          event(id: $id) { name @include(if: $b) }
                          events(first: 1, filter: { status: $s }) { nodes { id } } }
                        fragment T on __Type { name ...U } fragment U on __Type { enumValues(includeDeprecated: $a) { name } }
                        """, "{ \"b\": true, \"id\": \"<event>\" }"),
                hard(
                        REFUSED,
                        "two types",
                        "{ a: __type(name: \"Event\") { name } b: __type(name: \"Fabric\") { name } }",
                        "{}"),
                hard(
                        WHOLE,
                        "introspection under a condition that is false",
                        "query ($a: Boolean!) { __schema @include(if: $a) { queryType { name } } __typename }",
                        "{ \"a\": false }"));
    }

    private static Stream<Case> nulls() {
        return Stream.of(
                hard(
                        NULL,
                        "an error of a field that must not be null",
                        "{ viewer { roles } events(first: -1) { nodes { id } } }",
                        "{}"),
                hard(
                        NULL,
                        "two errors of fields that must not be null",
                        "{ a: events(first: -1) { nodes { id } } b: events(first: 101) { nodes { id } } c: event(id: \"x\") { id } }",
                        "{}"),
                hard(
                        NULL,
                        "an error two levels below the root",
                        "{ fabrics(first: 2) { nodes { id } totalCount(max: -1) } viewer { roles } }",
                        "{}"),
                hard(
                        WITH_ERRORS,
                        "an error that rises to a field that may be null",
                        "{ event(id: \"<event>\") { name inventoryItems(first: -1) { nodes { id } } } viewer { roles } }",
                        "{}"),
                hard(
                        NULL,
                        "an error in each element of a list of none that is null",
                        "{ events(first: 3) { nodes { name inventoryItems(first: 101) { nodes { id } } } } }",
                        "{}"),
                hard(
                        WITH_ERRORS,
                        "errors in elements that may be null",
                        "{ nodes(ids: [\"<event>\", \"<fabric>\", \"<no event>\", \"<event>\"]) { id ... on Event { name inventoryItems(first: -1) { nodes { id } } } } }",
                        "{}"),
                hard(WITH_ERRORS, "errors on both sides of a null that rises", """
                        { orders(first: 3) { nodes { id lines { subject { id ... on Fabric { orders(first: -1) { nodes { id } } } } } } }
                          users(first: 2) { nodes { id orders(first: 1) { nodes { notes totalAmount { amount } } totalCount(max: -1) } } } order(by: { id: "<order>" }) { notes } }
                        """, "{}"),
                hard(WITH_ERRORS, "not for everybody, in lists", """
                        { inventoryItems(first: 4) { nodes { id consignor { id } order { id } rejectionReason event { registrations(first: 1) { nodes { id } } } } edges { node { rejectionReason } } }
                          metrics(first: 1) { nodes { id } } a: metrics(first: -1) { nodes { id } } }
                        """, "{}"),
                hard(
                        WITH_ERRORS,
                        "an id that is none",
                        "{ a: node(id: \"x\") { id } b: node(id: \"<event>\") { id } c: event(id: \"<fabric>\") { id } }",
                        "{}"),
                hard(WITH_ERRORS, "an error of a field that is asked twice", """
                        { b: event(id: "x") { id }
                          b: event(id: "x") { name } }
                        """, "{}"),
                hard(NULL, "an id in a list that is none", "{ nodes(ids: [\"<event>\", \"x\"]) { id } }", "{}"),
                hard(NULL, "a cursor that is none", "{ events(after: \"x\") { nodes { id } } }", "{}"));
    }

    private static Stream<Case> texts() {
        return Stream.of(
                hard(WHOLE, "what must be escaped, from the rows", """
                        { events(filter: { search: "escaped" }) { nodes { name description location } } search(query: "escaped") { nodes { highlight node { ... on Event { name } } } } }
                        """, "{}"),
                hard(WHOLE, "what must be escaped, in the document", """
                        { events(filter: { search: "\\"\\u2028\\\\ \\n😀 é" }) { nodes { id } } }
                        """, "{}"),
                hard(
                        WHOLE,
                        "what must be escaped, in a variable",
                        "query ($s: String) { events(filter: { search: $s }) { nodes { id } } }",
                        "{ \"s\": \"\\\"\\u2028\\u0001 😀\\\\\" }"));
    }
}
