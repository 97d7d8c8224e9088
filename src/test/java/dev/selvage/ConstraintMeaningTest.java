package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.SchemaWiring;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the database can refuse of what callers write is told to them as an error of their input, and not by its name. */
class ConstraintMeaningTest {
    /**
     * Checks, keys and unique indexes of tables that callers write, columns that they write and that must not be null, and
     * triggers that refuse in a name. Without what the gateway writes for itself.
     */
    private static final String REFUSES = """
            WITH written AS (
                SELECT oid FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                   AND relname NOT IN ('flyway_schema_history', 'changes', 'idempotency_keys'))
            SELECT conname FROM pg_constraint JOIN written ON conrelid = written.oid WHERE contype IN ('c', 'f', 'u', 'x')
             UNION
            SELECT indexrelid::regclass::text FROM pg_index JOIN written ON indrelid = written.oid
             WHERE indisunique AND NOT indisprimary
             UNION
            SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN written ON attrelid = written.oid
             WHERE attnum > 0 AND attnotnull AND attgenerated = ''
               AND EXISTS (SELECT FROM unnest('{anonymous,user,integrator,admin}'::text[]) role,
                                       unnest('{INSERT,UPDATE}'::text[]) privilege
                            WHERE has_column_privilege('selvage_' || role, attrelid, attnum, privilege))
             UNION
            SELECT tgname FROM pg_trigger JOIN written ON tgrelid = written.oid JOIN pg_proc ON pg_proc.oid = tgfoid
             WHERE NOT tgisinternal AND prosrc LIKE '%CONSTRAINT = %'
             ORDER BY 1
            """;

    private static final Gateway gateway = Gateway.running();

    private static List<String> withoutMeaning(Connection connection) throws SQLException {
        var names = TestDatabase.query(connection, REFUSES, row -> row.getString(1));
        assertThat(names).hasSizeGreaterThan(100);
        names.removeAll(gateway.bean(SchemaWiring.class).constraints());
        return names;
    }

    @Test
    void everyConstraintHasAMeaningForCallers() {
        assertThat(gateway.database().rolledBack("postgres", ConstraintMeaningTest::withoutMeaning))
                .isEmpty();
    }

    @Test
    void whatMeansSomethingIsThere() {
        var names = gateway.database().query(REFUSES, row -> row.getString(1));
        // Columns that callers do not write may have a meaning all the same.
        assertThat(gateway.bean(SchemaWiring.class).constraints().stream().filter(name -> !name.contains(".")))
                .isSubsetOf(names);
    }

    @Test
    void oneThatNobodyHasThoughtOfIsFound() {
        List<String> found = gateway.database().rolledBack("postgres", connection -> {
            connection.createStatement().execute("""
                    ALTER TABLE fabrics ADD CONSTRAINT fabrics_planted CHECK (price <> 13) NOT VALID;
                    CREATE UNIQUE INDEX orders_planted_idx ON orders (id, status);
                    """);
            return withoutMeaning(connection);
        });

        assertThat(found).contains("fabrics_planted", "orders_planted_idx");
    }
}
