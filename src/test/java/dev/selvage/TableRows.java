package dev.selvage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of all tables, and whose they are by the domain's rules. It asks the columns that people write, not those that
 * the database makes of them for its policies.
 */
final class TableRows {
    /** @param columns all but the generated ones */
    record Row(String table, String id, JsonNode columns) {
        /** The column's value, or an empty text for NULL. */
        String text(String column) {
            return columns.path(column).asString("");
        }

        boolean has(String column, Object value) {
            return text(column).equals(value.toString());
        }

        /** Only these of its columns; all if there are none. */
        Row of(Set<String> some) {
            return some.isEmpty() ? this : new Row(table, id, ((ObjectNode) columns.deepCopy()).retain(some));
        }

        /** The same row with these columns of another. */
        Row with(Row other) {
            return new Row(table, id, ((ObjectNode) columns.deepCopy()).setAll((ObjectNode) other.columns));
        }

        private String columnNames() {
            return String.join(", ", columns.propertyNames());
        }

        private String values() {
            return "SELECT %s FROM jsonb_populate_record(NULL::%s, '%s')"
                    .formatted(columnNames(), table, columns.toString().replace("'", "''"));
        }

        /** A statement that writes the same row once more. */
        String insertion() {
            return "INSERT INTO %s (%s) %s".formatted(table, columnNames(), values());
        }

        /** A statement that writes what there is of the other row over this one. */
        String updateTo(Row other) {
            return "UPDATE %s SET (%s) = (%s) WHERE id = '%s'"
                    .formatted(table, other.columnNames(), other.values(), id);
        }

        /** A statement that writes this one's columns over every row, and reads nothing of them. */
        String updateOfAll() {
            return "UPDATE %s SET (%s) = (%s)".formatted(table, columnNames(), values());
        }

        String deletion() {
            return "DELETE FROM %s WHERE id = '%s'".formatted(table, id);
        }
    }

    private static final String READ = """
            SELECT '%1$s', id::text,
                   to_jsonb(%1$s) - ARRAY(SELECT attname::text FROM pg_attribute
                                           WHERE attrelid = '%1$s'::regclass AND attgenerated <> '')
              FROM %1$s
            """;

    /** By table and id. */
    private final Map<String, Map<String, Row>> rows;

    private TableRows(List<Row> rows) {
        this.rows = rows.stream().collect(groupingBy(Row::table, toMap(Row::id, row -> row)));
    }

    /** All that there is, read as a superuser. */
    static TableRows read(Connection connection) throws SQLException {
        TestDatabase.query(connection, "SELECT set_config('role', 'none', true)", _ -> true);
        var all = TableAccess.TABLES.stream().map(READ::formatted).collect(joining(" UNION ALL "));
        var json = JsonMapper.shared();
        return new TableRows(TestDatabase.query(
                connection, all, row -> new Row(row.getString(1), row.getString(2), json.readTree(row.getString(3)))));
    }

    Collection<Row> of(String table) {
        return rows.getOrDefault(table, Map.of()).values();
    }

    /** Whether the row is one of these, as {@link TableAccess} calls them. */
    boolean isOneOf(Set<String> words, Row row, DatabaseViewer viewer) {
        return words.stream()
                .anyMatch(word -> Stream.of(word.split("&", -1)).allMatch(each -> isOne(each, row, viewer)));
    }

    private boolean isOne(String word, Row row, DatabaseViewer viewer) {
        return switch (word) {
            case "all" -> true;
            case "none" -> false;
            case "listed" -> isListed(row);
            case "own" -> viewer.user() != null && isOwn(row, viewer.user());
            case "placed" -> viewer.order() != null && row.has("id", viewer.order());
            // A new row without an owner is its maker's.
            case "made" -> viewer.user() != null;
            case "guest" -> row.has("user_id", "");
            case "owned" -> !row.has("user_id", "");
            // Whom a token names, with an address that was proved; no token makes an administrator.
            case "newcomer" -> row.has("role", "user") && !row.has("issuer", "") && !row.has("email_verified", "");
            case "gateways" -> row.has("client_id", "selvage-gateway");
            case "pending", "cancelled" -> row.has("status", word);
            default -> viewer.scopes().contains(word);
        };
    }

    private boolean isListed(Row row) {
        return switch (row.table()) {
            case "events" -> Set.of("published", "completed").contains(row.text("status"));
            case "inventory_items" ->
                Set.of("approved", "sold").contains(row.text("status"))
                        && isListed(pointedTo(row, "event_id", "events"));
            default -> throw new IllegalArgumentException(row.table());
        };
    }

    private boolean isOwn(Row row, UUID user) {
        return switch (row.table()) {
            case "users" -> row.has("id", user);
            case "consignors", "orders", "content_calendar" -> row.has("user_id", user);
            case "event_registrations", "inventory_items" -> isOwn(pointedTo(row, "consignor_id", "consignors"), user);
            case "events" -> holds("event_registrations", row, user) || holds("inventory_items", row, user);
            default -> throw new IllegalArgumentException(row.table());
        };
    }

    private boolean holds(String table, Row event, UUID user) {
        return of(table).stream().anyMatch(row -> row.has("event_id", event.id()) && isOwn(row, user));
    }

    private Row pointedTo(Row row, String column, String table) {
        return Objects.requireNonNull(rows.getOrDefault(table, Map.of()).get(row.text(column)));
    }
}
