package dev.selvage;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A row of the change log. */
record ChangeEntry(
        long id,
        String kind,
        String topic,
        String subject,
        @Nullable Integer versionAfter,
        JsonNode changed) {

    /** Those that this connection has written and seen since an earlier one, in their order. */
    static List<ChangeEntry> since(Connection connection, long id) throws SQLException {
        return TestDatabase.query(
                connection,
                "SELECT id, kind, topic, subject, version_after, changed FROM changes WHERE id > ? ORDER BY xact, id",
                row -> new ChangeEntry(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, Integer.class),
                        JsonMapper.shared().readTree(row.getString(6))),
                id);
    }

    static List<ChangeEntry> all(Connection connection) throws SQLException {
        return since(connection, 0);
    }

    /** The id of the last one, to look for later ones. */
    static long last(Connection connection) throws SQLException {
        return all(connection).stream().mapToLong(ChangeEntry::id).max().orElse(0);
    }

    String what() {
        return kind + " " + topic + " " + subject;
    }
}
