package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every rule that the schema itself keeps: what breaks it is refused by the constraint of that name, and what just keeps
 * it is not. The rows and cases stand in {@code constraints/}.
 */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ConstraintTest {
    /** A row that obeys every rule: its columns with SQL expressions for values. */
    private record Row(String table, Map<String, String> values) {
        /** With these columns changed: {@code column = expression; column = expression}. */
        Row with(String changes) {
            var changed = new LinkedHashMap<>(values);
            Stream.of(changes.split("; ")).filter(change -> !change.isBlank()).forEach(change -> {
                var sides = change.split(" = ", 2);
                changed.put(sides[0].trim(), sides[1].trim());
            });
            return new Row(table, changed);
        }

        String insert() {
            return "INSERT INTO %s (%s) VALUES (%s)"
                    .formatted(table, String.join(", ", values.keySet()), String.join(", ", values.values()));
        }
    }

    /** @param kept the nearest change that is allowed, or empty */
    private record Case(String table, String constraint, String broken, String kept) {}

    private static final Map<String, Row> ROWS = blocks("constraints/rows.txt")
            .map(block -> new Row(block.title, Map.of()).with(String.join("; ", block.lines)))
            .collect(Collectors.toMap(Row::table, row -> row));

    private static final List<Case> CASES = blocks("constraints/cases.txt")
            .flatMap(block -> block.lines.stream().map(line -> {
                var cells =
                        Arrays.stream(line.split(" \\| ", -1)).map(String::trim).toList();
                return new Case(block.title, cells.get(0), cells.get(1), cells.size() > 2 ? cells.get(2) : "");
            }))
            .toList();

    private final TestDatabase database;

    ConstraintTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyConstraintHasACase() {
        // A unique constraint that holds the primary key's columns is there to be pointed to; it cannot be broken by
        // itself.
        var found = database.query("""
                SELECT conname
                  FROM pg_constraint rule
                 WHERE contype IN ('c', 'u', 'f', 'x') AND connamespace = 'public'::regnamespace
                   AND conrelid <> 'flyway_schema_history'::regclass
                   AND NOT (contype = 'u' AND EXISTS (
                            SELECT FROM pg_constraint key
                             WHERE key.conrelid = rule.conrelid AND key.contype = 'p' AND rule.conkey @> key.conkey))
                 UNION ALL
                SELECT indexrelid::regclass::text
                  FROM pg_index
                 WHERE indisunique AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
                   AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                """, row -> row.getString(1));

        assertThat(CASES.stream().map(Case::constraint).distinct()).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void aRowThatObeysEveryRuleIsAllowed() {
        SoftAssertions.assertSoftly(softly -> database.rolledBack("selvage_owner", connection -> {
            connection.createStatement().execute(TestPostgres.resource("constraints/given.sql"));
            for (var row : ROWS.values()) {
                var refusal = TestDatabase.refusal(connection, row.insert());
                softly.assertThat(refusal.state()).as("%s: %s", row, refusal).isEmpty();
            }
            return ROWS;
        }));
    }

    @Test
    void whatBreaksARuleIsRefusedByThatRule() {
        SoftAssertions.assertSoftly(softly -> database.rolledBack("selvage_owner", connection -> {
            connection.createStatement().execute(TestPostgres.resource("constraints/given.sql"));
            for (var rule : CASES) {
                var refusal = TestDatabase.refusal(
                        connection, row(rule).with(rule.broken).insert());
                softly.assertThat(refusal.constraint())
                        .as("%s: %s", rule, refusal)
                        .isEqualTo(rule.constraint);
            }
            return CASES;
        }));
    }

    @Test
    void whatJustKeepsARuleIsAllowed() {
        SoftAssertions.assertSoftly(softly -> database.rolledBack("selvage_owner", connection -> {
            connection.createStatement().execute(TestPostgres.resource("constraints/given.sql"));
            for (var rule : CASES) {
                var refusal = TestDatabase.refusal(
                        connection, row(rule).with(rule.kept).insert());
                softly.assertThat(refusal.state()).as("%s: %s", rule, refusal).isEmpty();
            }
            return CASES;
        }));
    }

    private static Row row(Case rule) {
        var row = ROWS.get(rule.table);
        if (row == null) {
            throw new AssertionError("constraints/rows.txt has no row of " + rule.table);
        }
        return row;
    }

    private record Block(String title, List<String> lines) {}

    /** A title, then lines that are indented; {@code #} begins a comment. */
    private static Stream<Block> blocks(String file) {
        return Stream.of(TestPostgres.resource(file).split("(?m)^(?=[a-z_]+$)"))
                .map(block -> block.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList())
                .filter(lines -> !lines.isEmpty())
                .map(lines -> new Block(lines.getFirst(), lines.subList(1, lines.size())));
    }
}
