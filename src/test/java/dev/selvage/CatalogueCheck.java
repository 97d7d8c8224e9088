package dev.selvage;

import static java.util.stream.Collectors.toSet;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the catalogue says about row security, compared with {@link TableAccess}. */
enum CatalogueCheck {
    EVERY_TABLE_HAS_AN_ENTRY("""
            SELECT relname FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
               AND relname <> 'flyway_schema_history'
            """, Set.copyOf(TableAccess.TABLES)),

    ROW_SECURITY_IS_ON_FOR_EVERYBODY_THE_OWNER_INCLUDED("""
            SELECT relname FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
               AND relrowsecurity AND relforcerowsecurity
            """, Set.copyOf(TableAccess.TABLES)),

    NOTHING_ELSE_IS_GRANTED("""
            SELECT concat_ws(' ', privilege_type, relname, 'to',
                             CASE grantee WHEN 0 THEN 'PUBLIC' ELSE replace(grantee::regrole::text, 'selvage_', '') END)
              FROM pg_class, aclexplode(relacl)
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
               AND grantee <> relowner
            """, with("USAGE inventory_items_barcode_seq to system", rightsTo(Kind.WHOLE_TABLES))),

    NO_OTHER_COLUMN_IS_GRANTED("""
            SELECT concat_ws(' ', privilege_type, attrelid::regclass || '.' || attname, 'to',
                             CASE grantee WHEN 0 THEN 'PUBLIC' ELSE replace(grantee::regrole::text, 'selvage_', '') END)
              FROM pg_attribute, aclexplode(attacl)
             WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
            """, rightsTo(Kind.COLUMNS)),

    EVERY_RIGHT_HAS_A_POLICY_AND_EVERY_POLICY_A_RIGHT(
            """
            SELECT concat_ws(' ',
                             CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                         WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                             relname, 'to',
                             CASE role WHEN 0 THEN 'PUBLIC' ELSE replace(role::regrole::text, 'selvage_', '') END)
              FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid, unnest(polroles) role
             WHERE polpermissive
            """, Stream.concat(rights().stream(), owners()).collect(toSet())),

    THE_OWNER_WHO_MIGRATES_SEES_AND_WRITES_EVERYTHING("""
            SELECT 'ALL ' || polrelid::regclass || ' to owner' FROM pg_policy
             WHERE polroles = ARRAY['selvage_owner'::regrole::oid] AND polcmd = '*'
               AND pg_get_expr(polqual, polrelid) = 'true' AND pg_get_expr(polwithcheck, polrelid) = 'true'
            """, owners().collect(toSet())),

    /** Only the function that issues barcodes draws one for them. */
    NUMBERS_ARE_DRAWN_BY_NO_VIEWER_DIRECTLY("""
            SELECT sequence.oid::regclass || ' by ' || rolname
              FROM pg_class sequence, pg_roles
             WHERE sequence.relnamespace = 'public'::regnamespace AND sequence.relkind = 'S'
               AND rolname LIKE 'selvage\\_%' AND rolname <> 'selvage_owner'
               AND has_sequence_privilege(rolname, sequence.oid, 'USAGE, SELECT, UPDATE')
            """, Set.of("inventory_items_barcode_seq by selvage_system")),

    NO_VIEW_LOOKS_PAST_THE_POLICIES("""
            SELECT relname FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND NOT (
                   relkind IN ('r', 'p', 'i', 'I', 'S', 'c')
                   OR (relkind = 'v' AND 'security_invoker=true' = ANY (coalesce(reloptions, '{}'))))
            """, Set.of());

    private final String query;

    @SuppressWarnings("ImmutableEnumChecker") // It is a set that nobody changes.
    private final Set<String> expected;

    CatalogueCheck(String query, Set<String> expected) {
        this.query = query;
        this.expected = expected;
    }

    /** What there is and should not be, and what should be and is not. */
    List<String> disagreements(Connection connection) throws SQLException {
        var found = new HashSet<>(TestDatabase.query(connection, query, row -> row.getString(1)));
        return Stream.concat(
                        found.stream().filter(one -> !expected.contains(one)).map(one -> "there is: " + one),
                        expected.stream().filter(one -> !found.contains(one)).map(one -> "there is not: " + one))
                .toList();
    }

    private enum Kind {
        WHOLE_TABLES,
        COLUMNS
    }

    private static Set<String> rightsTo(Kind kind) {
        return TableAccess.RIGHTS.stream()
                .flatMap(right -> {
                    var columns = TableAccess.columns(right);
                    if (kind == Kind.COLUMNS) {
                        return columns.stream().map(column -> words(right, right.table() + "." + column));
                    }
                    return columns.isEmpty() ? Stream.of(words(right, right.table())) : Stream.of();
                })
                .collect(toSet());
    }

    private static Set<String> with(String one, Set<String> others) {
        return Stream.concat(Stream.of(one), others.stream()).collect(toSet());
    }

    private static String words(TableAccess.Right right, String what) {
        return "%s %s to %s".formatted(right.command(), what, right.role());
    }

    private static Set<String> rights() {
        return TableAccess.RIGHTS.stream()
                .map(right -> words(right, right.table()))
                .collect(toSet());
    }

    private static Stream<String> owners() {
        return TableAccess.TABLES.stream().map("ALL %s to owner"::formatted);
    }
}
