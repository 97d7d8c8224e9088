package dev.selvage;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement that makes a policy say something else.
 *
 * @param roles whom it is for
 */
record PolicyMutant(String table, Set<String> roles, String statement) {
    /** What a condition may be mistaken for. */
    private static final Map<String, String> MISTAKES = new TreeMap<>(
            Map.of(" = ", " <> ", " IS NULL", " IS NOT NULL", " IS NOT NULL", " IS NULL", "'read:", "'write:"));

    private record Policy(
            String name,
            String table,
            Set<String> roles,
            @Nullable String using,
            @Nullable String check) {
        Stream<PolicyMutant> mutants() {
            var dropped = Stream.of("DROP POLICY %s ON %s".formatted(name, table));
            return Stream.of(dropped, altered("USING", using), altered("WITH CHECK", check))
                    .flatMap(statements -> statements)
                    .map(statement -> new PolicyMutant(table, roles, statement));
        }

        private Stream<String> altered(String clause, @Nullable String condition) {
            return condition == null
                    ? Stream.of()
                    : otherwise(condition).stream()
                            .map(other -> "ALTER POLICY %s ON %s %s (%s)".formatted(name, table, clause, other));
        }
    }

    private static final String POLICIES = """
            SELECT quote_ident(polname), polrelid::regclass::text,
                   ARRAY(SELECT replace(role::regrole::text, 'selvage_', '') FROM unnest(polroles) role),
                   pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
              FROM pg_policy
             ORDER BY 2, 1
            """;

    /** Every policy is dropped, and each of its conditions is replaced by others. */
    static List<PolicyMutant> all(Connection connection) throws SQLException {
        return TestDatabase.query(
                        connection,
                        POLICIES,
                        row -> new Policy(
                                row.getString(1),
                                row.getString(2),
                                Set.of((String[]) row.getArray(3).getArray()),
                                row.getString(4),
                                row.getString(5)))
                .stream()
                .flatMap(Policy::mutants)
                .toList();
    }

    /** Other conditions: true, false, the same with one operand of an AND or OR replaced by either, and mistakes. */
    static Set<String> otherwise(String condition) {
        var others = new LinkedHashSet<>(List.of("true", "false"));
        MISTAKES.forEach((right, wrong) -> others.add(condition.replace(right, wrong)));
        for (var operand : operands(condition)) {
            for (var constant : List.of("true", "false")) {
                others.add(condition.substring(0, operand.start()) + constant + condition.substring(operand.end()));
            }
        }
        others.remove(condition);
        return others;
    }

    private record Part(int start, int end) {}

    /** PostgreSQL writes parentheses around every AND and OR, so an operand reaches from one of these to the next. */
    private static List<Part> operands(String condition) {
        var operands = new ArrayList<Part>();
        for (int open = 0; open < condition.length(); open++) {
            if (condition.charAt(open) == '(') {
                operands.addAll(operandsWithin(condition, open + 1));
            }
        }
        return operands;
    }

    /** Of one pair of parentheses, without those within it. */
    private static List<Part> operandsWithin(String condition, int start) {
        var operands = new ArrayList<Part>();
        int depth = 0;
        int from = start;
        for (int i = start; depth >= 0; i++) {
            depth += switch (condition.charAt(i)) {
                case '(' -> 1;
                case ')' -> -1;
                default -> 0;
            };
            for (var operator : List.of(" OR ", " AND ")) {
                if (depth == 0 && condition.startsWith(operator, i)) {
                    operands.add(new Part(from, i));
                    from = i + operator.length();
                }
            }
            if (depth < 0 && from > start) {
                operands.add(new Part(from, i));
            }
        }
        return operands;
    }
}
