package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Schema;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes of a schema break its callers, and by which name each is declared. */
class BreakingChangesTest {
    /** Beside what a pair says. The directives and the query type are the same on both sides. */
    private static final String BESIDE = """
            type Query { ok: Boolean }
            directive @auth(requires: Access! = USER, scope: String) on OBJECT | FIELD_DEFINITION | INPUT_FIELD_DEFINITION
            enum Access { PUBLIC USER OWNER ADMIN }
            interface Node { id: ID }
            type Event implements Node { id: ID }
            type Item implements Node { id: ID }
            """;

    /** A line is a change: what was | what is | the coordinates it breaks, or nothing. An empty line comes before another subject. */
    private static final String CHANGES = """
            type T { a: Int b: Int }                        | type T { b: Int }                                | T.a
            type T { a: Int }                               | type T { b: Int }                                | T.a
            interface T { a: Int b: Int }                   | interface T { b: Int }                           | T.a
            type T { a: Int } type U { a: Int }             | type U { a: Int }                                | T
            type T { a: Int }                               | type U { a: Int }                                | T
            type T { a: Int }                               | interface T { a: Int }                           | T
            enum T { A }                                    | scalar T                                         | T
            scalar T                                        |                                                  | T
            type T { a: Int }                               | type T { a: Int! b: Int! }                       |
            type T { a: Int }                               | type T { a: Int @deprecated }                    |
            type T { a: Int @deprecated }                   | type T { b: Int }                                | T.a
            "Said." type T { a: Int }                       | "Said otherwise." type T { a: Int }              |
                                                            | type T { a(b: Int!): Int! }                      |

            type T { a: Int! }                              | type T { a: Int }                                | T.a
            type T { a: Int }                               | type T { a: Float }                              | T.a
            type T { a: Int }                               | type T { a: [Int] }                              | T.a
            type T { a: [Int] }                             | type T { a: Int }                                | T.a
            type T { a: [Int!] }                            | type T { a: [Int] }                              | T.a
            type T { a: [Int]! }                            | type T { a: [Int] }                              | T.a
            type T { a: [Int] }                             | type T { a: [Int!]! }                            |
            type T { a: [Int]! }                            | type T { a: [Int!] }                             | T.a
            type T { a: Node }                              | type T { a: Event }                              | T.a

            type T { a(b: Int c: Int): Int }                | type T { a(c: Int): Int }                        | T.a(b:)
            type T { a(b: Int): Int }                       | type T { a(c: Int): Int }                        | T.a(b:)
            type T { a(b: Int c: Int): Int }                | type T { a(c: Int!): Int }                       | T.a(b:) T.a(c:)
            type T { a(b: Int): Int }                       | type T { a(b: Int!): Int }                       | T.a(b:)
            type T { a(b: Int): Int }                       | type T { a(b: Int! = 1): Int }                   | T.a(b:)
            type T { a(b: Int!): Int }                      | type T { a(b: Int): Int }                        |
            type T { a(b: Int): Int }                       | type T { a(b: String): Int }                     | T.a(b:)
            type T { a(b: Int): Int }                       | type T { a(b: [Int]): Int }                      | T.a(b:)
            type T { a(b: [Int]): Int }                     | type T { a(b: [Int!]): Int }                     | T.a(b:)
            type T { a(b: [Int!]!): Int }                   | type T { a(b: [Int]): Int }                      |
            type T { a: Int }                               | type T { a(b: Int!): Int }                       | T.a(b:)
            interface T { a: Int }                          | interface T { a(b: Int!): Int }                  | T.a(b:)
            type T { a: Int }                               | type T { a(b: Int): Int }                        |
            type T { a: Int }                               | type T { a(b: Int! = 1): Int }                   |
            type T { a(b: Int! = 1): Int }                  | type T { a(b: Int!): Int }                       | T.a(b:)
            type T { a(b: Int = 1): Int }                   | type T { a(b: Int): Int }                        |
            type T { a(b: Int = 1): Int }                   | type T { a(b: Int = 2): Int }                    |
            type T { a(b: Int): Int }                       | type T { a(b: Int @deprecated): Int }            |

            input T { a: Int b: Int }                       | input T { b: Int }                               | T.a
            input T { a: Int }                              | input T { b: Int }                               | T.a
            input T { a: Int }                              | input T { a: Int! }                              | T.a
            input T { a: Int }                              | input T { a: String }                            | T.a
            input T { a: Int! }                             | input T { a: Int }                               |
            input T { a: Int }                              | input T { a: Int b: Int! }                       | T.b
            input T { a: Int }                              | input T { a: Int b: Int! = 1 }                   |
            input T { a: Int }                              | input T { a: Int b: Int }                        |
            input T { a: Int! = 1 }                         | input T { a: Int! }                              | T.a
            input T { a: Int }                              | input T { a: Int @deprecated }                   |
            input T { a: Int }                              | input T @oneOf { a: Int }                        | T
            input T @oneOf { a: Int }                       | input T { a: Int }                               |

            enum T { A B }                                  | enum T { B }                                     | T.A
            enum T { A }                                    | enum T { B }                                     | T.A
            enum T { A }                                    | enum T { A B }                                   |
            enum T { A B }                                  | enum T { B A }                                   |
            enum T { A }                                    | enum T { A @deprecated }                         |

            type T implements Node { id: ID }               | type T { id: ID }                                | T implements Node
            interface T implements Node { id: ID }          | interface T { id: ID }                           | T implements Node
            type T { id: ID }                               | type T implements Node { id: ID }                |
            interface I { a: Int } type T implements I { a: Int } | type T { a: Int }                          | I
            union T = Event \\| Item                        | union T = Item                                   | T = Event
            union T = Event                                 | union T = Event \\| Item                         |

            directive @t on FIELD                           |                                                  | @t
            directive @t on FIELD \\| QUERY                 | directive @t on QUERY                            | @t on FIELD
            directive @t on FIELD                           | directive @t on FIELD \\| QUERY                  |
            directive @t(a: Int) on FIELD                   | directive @t on FIELD                            | @t(a:)
            directive @t(a: Int) on FIELD                   | directive @t(a: Int!) on FIELD                   | @t(a:)
            directive @t on FIELD                           | directive @t(a: Int!) on FIELD                   | @t(a:)
            directive @t on FIELD                           | directive @t(a: Int! = 1) on FIELD               |
            directive @t repeatable on FIELD                | directive @t on FIELD                            | @t
            directive @t on FIELD                           | directive @t repeatable on FIELD                 |

            type T { a: Int }                               | type T { a: Int @auth }                          | T.a
            type T { a: Int }                               | type T { a: Int @auth(requires: PUBLIC) }        |
            type T { a: Int @auth(requires: PUBLIC) }       | type T { a: Int @auth(requires: USER) }          | T.a
            type T { a: Int @auth(requires: USER) }         | type T { a: Int @auth(requires: OWNER) }         | T.a
            type T { a: Int @auth(requires: OWNER) }        | type T { a: Int @auth(requires: ADMIN) }         | T.a
            type T { a: Int @auth(requires: ADMIN) }        | type T { a: Int @auth(requires: OWNER) }         |
            type T { a: Int @auth }                         | type T { a: Int }                                |
            type T { a: Int }                               | type T @auth(requires: OWNER) { a: Int }         | T
            type T @auth(requires: ADMIN) { a: Int }        | type T @auth(requires: OWNER) { a: Int }         |
            input T { a: Int }                              | input T { a: Int @auth(requires: ADMIN) }        | T.a
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int @auth }                          | T.a
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int @auth(scope: "read:calendar") }  | T.a
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int @auth(scope: "write:orders") }   | T.a
            type T { a: Int @auth(scope: "write:orders") }  | type T { a: Int @auth(scope: "read:orders") }    |
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int @auth(scope: "read:orders") }    |
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int }                                |
            type T { a: Int @auth }                         | type T { a: Int @auth(scope: "read:orders") }    |
            type T { a: Int @auth(scope: "read:orders") }   | type T { a: Int @auth(requires: ADMIN, scope: "read:orders") } | T.a
            """;

    /** A line of {@link #CHANGES}. */
    record Change(String before, String after, List<String> breaks) {
        static Change of(String line) {
            var cells = Arrays.stream(line.split("(?<!\\\\)\\|", 3))
                    .map(cell -> cell.strip().replace("\\", ""))
                    .toList();
            // A coordinate without a space, or the schema's words around one.
            var breaks = cells.get(2).matches(".* (implements|=|on) .*")
                    ? List.of(cells.get(2))
                    : Arrays.stream(cells.get(2).split(" "))
                            .filter(name -> !name.isEmpty())
                            .toList();
            return new Change(cells.get(0), cells.get(1), breaks);
        }
    }

    static List<Change> changes() {
        return CHANGES.lines().filter(line -> !line.isBlank()).map(Change::of).toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeNamesWhatItBreaks(Change change) {
        var found = BreakingChanges.between(schema(change.before()), schema(change.after()));

        assertThat(found).extracting(BreakingChange::coordinate).containsExactlyInAnyOrderElementsOf(change.breaks());
    }

    @Test
    void aSchemaBreaksNothingOfItself() {
        var served = Schema.of(Schema.ofFiles());
        var printed = Schema.of(new SchemaParser().parse(Schema.print(Schema.ofFiles())));

        assertThat(BreakingChanges.between(served, served)).isEmpty();
        assertThat(BreakingChanges.between(printed, served)).isEmpty();
        assertThat(BreakingChanges.between(served, printed)).isEmpty();
    }

    @Test
    void theWordsSayWhatHappened() {
        var found = BreakingChanges.between(
                schema("type T { a: Int! b: Int c: Int @auth(scope: \"read:orders\") d(e: Int! = 1): Int }"),
                schema("type T { a: Int c: Int @auth(requires: ADMIN) d(e: Int! f: [Int!]!): Int }"));

        assertThat(found)
                .extracting(BreakingChange::toString)
                .containsExactlyInAnyOrder(
                        "T.a is Int instead of Int!",
                        "T.b is gone",
                        "T.c needs ADMIN instead of USER or read:orders",
                        "T.d(e:) has no default any more, and must be given",
                        "T.d(f:) is new, and must be given");
    }

    private static GraphQLSchema schema(String definitions) {
        return Schema.of(new SchemaParser().parse(BESIDE + definitions));
    }
}
