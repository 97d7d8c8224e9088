package dev.selvage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.selvage.TableAccess.Right;
import dev.selvage.TableRows.Row;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Viewers try every command on every row there is, within a superuser's transaction, and what happens is compared with
 * {@link TableAccess}.
 */
final class RowAccessTrial {
    /** That some viewer of this role did this with some row, or was kept from it. */
    record Case(Right right, boolean allowed) {}

    private record Attempt(Right right, String statement, String expected) {}

    /** A statement for each command that needs neither rows nor knowledge of the table. */
    private static final Map<String, String> STATEMENTS = new TreeMap<>(Map.of(
            "SELECT", "SELECT FROM %s",
            "INSERT", "INSERT INTO %s DEFAULT VALUES",
            "UPDATE", "UPDATE %s SET id = id",
            "DELETE", "DELETE FROM %s",
            "TRUNCATE", "TRUNCATE %s CASCADE"));

    /** Tries a statement, takes back what it did, and says whether that was anything. */
    private static final String ATTEMPT = """
            CREATE OR REPLACE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE
                touched bigint;
            BEGIN
                EXECUTE statement;
                GET DIAGNOSTICS touched = ROW_COUNT;
                RAISE SQLSTATE 'TAKEN' USING MESSAGE = CASE touched WHEN 0 THEN 'filtered' ELSE 'done' END;
            EXCEPTION
                WHEN SQLSTATE 'TAKEN' THEN RETURN SQLERRM;
                WHEN insufficient_privilege THEN
                    RETURN CASE WHEN SQLERRM LIKE 'permission denied%' THEN 'not granted' ELSE 'refused' END;
                -- Policies are asked before constraints, so they let it pass.
                WHEN integrity_constraint_violation THEN RETURN 'done';
                WHEN OTHERS THEN RETURN SQLERRM;
            END
            $$
            """;

    private final Connection connection;
    private final TableRows rows;
    private final List<String> disagreements = new ArrayList<>();
    private final Set<Case> cases = new HashSet<>();

    RowAccessTrial(Connection connection, Collection<DatabaseViewer> viewers) throws SQLException {
        this(connection, viewers, TableAccess.TABLES);
    }

    /** @param tables those that are tried */
    RowAccessTrial(Connection connection, Collection<DatabaseViewer> viewers, List<String> tables) throws SQLException {
        this.connection = connection;
        rows = TableRows.read(connection);
        try (var statement = connection.createStatement()) {
            statement.execute(ATTEMPT);
        }
        for (var viewer : viewers) {
            viewer.ask(connection);
            var attempts = new ArrayList<Attempt>();
            for (var command : STATEMENTS.entrySet()) {
                for (var table : tables) {
                    var right = new Right(command.getKey(), table, viewer.role());
                    if (!TableAccess.RIGHTS.contains(right)) {
                        attempts.add(new Attempt(right, command.getValue().formatted(table), "not granted"));
                    } else if (right.command().equals("SELECT")) {
                        look(viewer, right);
                    } else {
                        rows.of(table).stream()
                                .flatMap(row -> attempts(viewer, right, row))
                                .forEach(attempts::add);
                        unread(viewer, right).forEach(attempts::add);
                    }
                }
            }
            make(viewer, attempts);
        }
    }

    /** What is otherwise than written. */
    List<String> disagreements() {
        return disagreements;
    }

    /** What happened at all. */
    Set<Case> cases() {
        return cases;
    }

    private void look(DatabaseViewer viewer, Right right) throws SQLException {
        var seen = new HashSet<>(
                TestDatabase.query(connection, "SELECT id::text FROM " + right.table(), row -> row.getString(1)));
        for (var row : rows.of(right.table())) {
            var allowed = isBefore(viewer, right, row);
            if (seen.contains(row.id()) == allowed) {
                cases.add(new Case(right, allowed));
            } else {
                disagreements.add("%s %s %s".formatted(viewer, allowed ? "does not see" : "sees", row));
            }
        }
    }

    private Stream<Attempt> attempts(DatabaseViewer viewer, Right right, Row row) {
        return switch (right.command()) {
            case "INSERT" -> {
                var made = row.of(TableAccess.columns(right));
                yield Stream.of(attempt(right, made.insertion(), true, isAfter(viewer, right, made)));
            }
            case "DELETE" -> Stream.of(attempt(right, row.deletion(), isBefore(viewer, right, row), true));
            case "UPDATE" ->
                // To one that it may become, for each reason, and to one that it may not.
                rows.of(right.table()).stream()
                        .map(to -> to.of(TableAccess.columns(right)))
                        .collect(toMap(to -> words(viewer, right, row.with(to)), to -> to, (first, _) -> first))
                        .values()
                        .stream()
                        .map(to -> attempt(
                                right,
                                row.updateTo(to),
                                isBefore(viewer, right, row),
                                isAfter(viewer, right, row.with(to))));
            default -> throw new IllegalArgumentException(right.command());
        };
    }

    /**
     * A row that is read has to be one that the viewer sees. So only a statement that reads none asks what the policy for
     * changes says by itself.
     */
    private Stream<Attempt> unread(DatabaseViewer viewer, Right right) {
        if (right.command().equals("INSERT")
                || rows.of(right.table()).stream().anyMatch(row -> isAllowed(viewer, right, row))) {
            return Stream.of();
        }
        return rows.of(right.table()).stream()
                .limit(1)
                .map(row -> right.command().equals("DELETE")
                        ? "DELETE FROM " + right.table()
                        : row.of(TableAccess.columns(right)).updateOfAll())
                .map(statement -> attempt(right, statement, false, true));
    }

    private Attempt attempt(Right right, String statement, boolean before, boolean after) {
        cases.add(new Case(right, before && after));
        return new Attempt(right, statement, !before ? "filtered" : after ? "done" : "refused");
    }

    private void make(DatabaseViewer viewer, List<Attempt> attempts) throws SQLException {
        var outcomes = TestDatabase.query(
                connection,
                "SELECT pg_temp.attempt(statement) FROM unnest(?::text[]) WITH ORDINALITY of (statement, n) ORDER BY n",
                row -> row.getString(1),
                (Object) attempts.stream().map(Attempt::statement).toArray(String[]::new));
        for (int i = 0; i < attempts.size(); i++) {
            var attempt = attempts.get(i);
            if (!outcomes.get(i).equals(attempt.expected())) {
                disagreements.add("%s: %s by %s is %s and not %s"
                        .formatted(attempt.right(), attempt.statement(), viewer, outcomes.get(i), attempt.expected()));
            }
        }
    }

    /** For which of the reasons it may be there afterwards. */
    private Set<String> words(DatabaseViewer viewer, Right right, Row row) {
        return TableAccess.rows(right).after().stream()
                .filter(word -> rows.isOneOf(Set.of(word), row, viewer))
                .collect(toSet());
    }

    private boolean isBefore(DatabaseViewer viewer, Right right, Row row) {
        return isAllowed(viewer, right, row) && isSeenWhereItMustBe(viewer, right, row);
    }

    private boolean isAfter(DatabaseViewer viewer, Right right, Row row) {
        return rows.isOneOf(TableAccess.rows(right).after(), row, viewer) && isSeenWhereItMustBe(viewer, right, row);
    }

    private boolean isAllowed(DatabaseViewer viewer, Right right, Row row) {
        return rows.isOneOf(TableAccess.rows(right).before(), row, viewer);
    }

    /** What is changed or removed is looked for, so it must be seen, and also as it is then. */
    private boolean isSeenWhereItMustBe(DatabaseViewer viewer, Right right, Row row) {
        return !Set.of("UPDATE", "DELETE").contains(right.command())
                || isAllowed(viewer, new Right("SELECT", right.table(), right.role()), row);
    }
}
