package dev.selvage;

import static java.util.stream.Collectors.joining;

import dev.selvage.RequiredAccess.Level;
import dev.selvage.support.TestDatabase;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who may do what, as the schema and the policies of a migrated database say it: tables for people to read. */
record AccessPage(GraphQLSchema schema, TestDatabase database) {
    private static final List<String> ROLES =
            List.of("selvage_anonymous", "selvage_user", "selvage_integrator", "selvage_admin", "selvage_system");

    private static final String ROLES_HEAD = """
            | table | anonymous | user | integrator | administrator | the gateway itself |
            |---|---|---|---|---|---|
            """;

    private record Policy(String table, String role, String command, String using, String check) {}

    String markdown() {
        return """
                **Lists and look-ups.** Whoever may not ask gets null and an error; what is not theirs to see does not exist.

                | field | who may ask | or an integrator with |
                |---|---|---|
                %s
                **Fields.** Of a record that one sees, these show to some only.

                | field | who sees it | or an integrator with |
                |---|---|---|
                %s
                **Rows.** What the policies let each role do; a command that is not named is not granted. `viewer_id()` is the
                user who asks.

                %s%s
                **Ways round.** These functions run as `selvage_system`, with a check of their own inside.

                | function | called by |
                |---|---|
                %s""".formatted(rootFields(), fields(), ROLES_HEAD, rows(), functions());
    }

    private String rootFields() {
        return schema.getQueryType().getFieldDefinitions().stream()
                .map(field -> line(field.getName(), field))
                .collect(joining());
    }

    private String fields() {
        return schema.getAllTypesAsList().stream()
                .filter(type ->
                        type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
                .filter(type -> !type.getName().equals("Query"))
                .map(GraphQLObjectType.class::cast)
                .sorted(java.util.Comparator.comparing(GraphQLNamedType::getName))
                .flatMap(type -> type.getFieldDefinitions().stream()
                        .filter(field -> field.hasAppliedDirective("auth"))
                        .map(field -> line(type.getName() + "." + field.getName(), field)))
                .collect(joining());
    }

    /** A field without a directive of its own is for those who see its type. */
    private String line(String name, GraphQLFieldDefinition field) {
        GraphQLDirectiveContainer directed = field.hasAppliedDirective("auth")
                        || !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType type)
                ? field
                : type;
        var access = RequiredAccess.of(directed);
        var who = switch (access.level()) {
            case PUBLIC -> "anybody";
            case USER -> "signed-in users";
            case OWNER -> "whom it belongs to, and administrators";
            case ADMIN -> "administrators";
        };
        return "| `%s` | %s | %s |\n".formatted(name, who, access.level() == Level.PUBLIC ? "" : scope(access));
    }

    private static String scope(RequiredAccess access) {
        return access.scope() == null ? "–" : "`" + access.scope() + "`";
    }

    private String rows() {
        Map<String, Map<String, List<String>>> cells = new TreeMap<>();
        for (var policy : policies()) {
            cells.computeIfAbsent(policy.table(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(policy.role(), _ -> new ArrayList<>())
                    .add(words(policy));
        }
        return cells.entrySet().stream()
                .map(table -> "| `%s` | %s |\n"
                        .formatted(
                                table.getKey(),
                                ROLES.stream()
                                        .map(role -> String.join(
                                                "<br>", table.getValue().getOrDefault(role, List.of("–"))))
                                        .collect(joining(" | "))))
                .collect(joining());
    }

    private static String words(Policy policy) {
        var using = rows(policy.using());
        var check = rows(policy.check());
        return switch (policy.command()) {
            case "r" -> "reads " + using;
            case "a" -> "inserts " + check;
            case "w" -> "updates " + using + (policy.check().isEmpty() ? "" : " to " + check);
            default -> "deletes " + using;
        };
    }

    /** The condition as PostgreSQL keeps it, without what only its planner needs. */
    private static String rows(String condition) {
        var bare = condition
                .replaceAll("\\s+", " ")
                .replaceAll("\\( SELECT (viewer_\\w+\\([^()]*\\)) AS \\w+\\)", "$1")
                .replaceAll("::(text|bigint\\[\\])", "")
                .replaceAll("\\((viewer_event_ids\\(\\))\\)", "$1");
        while (bare.matches("\\([^()]*(\\([^()]*(\\([^()]*(\\([^()]*\\)[^()]*)*\\)[^()]*)*\\)[^()]*)*\\)")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        return switch (bare) {
            case "true" -> "all";
            case "false" -> "none";
            default -> "`" + bare.replace("|", "\\|").strip() + "`";
        };
    }

    private List<Policy> policies() {
        return database.query(
                """
                SELECT polrelid::regclass, role::regrole, polcmd::text,
                       coalesce(pg_get_expr(polqual, polrelid), ''), coalesce(pg_get_expr(polwithcheck, polrelid), '')
                  FROM pg_policy, unnest(polroles) role
                 WHERE role <> 'selvage_owner'::regrole
                 ORDER BY 1::text, 2::text, position(polcmd::text IN 'rawd')
                """,
                row -> new Policy(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    private String functions() {
        return String.join("", database.query("""
                        SELECT format(E'| `%s` | %s |\\n', pg_proc.oid::regprocedure, coalesce(string_agg(
                                   replace(acl.grantee::regrole::text, 'selvage_', ''), ', ' ORDER BY acl.grantee::regrole::text),
                                   'triggers only'))
                          FROM pg_proc LEFT JOIN aclexplode(proacl) acl ON acl.grantee <> proowner
                         WHERE pronamespace = 'public'::regnamespace AND prosecdef
                         GROUP BY pg_proc.oid
                         ORDER BY pg_proc.oid::regprocedure::text COLLATE "C"
                        """, row -> row.getString(1)));
    }
}
