package dev.selvage.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** A database of a {@link TestPostgres}, asked over JDBC: the side door, for making rows and for looking at what is there. */
public final class TestDatabase {
    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Works with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** How a statement was refused: SQLSTATE and constraint, each empty if there is none, and words. */
    public record Refusal(String state, String constraint, String message) {}

    private final TestPostgres server;
    private final String name;

    TestDatabase(TestPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    public String r2dbcUrl() {
        return "r2dbc:postgresql://localhost:" + server.port() + "/" + name;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.port() + "/" + name;
    }

    public void migrate() {
        server.flyway(name).migrate();
    }

    /** A connection as this login role, which the caller closes. */
    public Connection connection(String user) {
        try {
            return server.connect(name, user);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as this login role, in one transaction. */
    public void execute(String user, String sql) {
        within(user, connection -> {
            connection.createStatement().execute(sql);
            return true;
        });
    }

    /** The rows of a query, as the owner. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        return within("selvage_owner", connection -> query(connection, sql, reader, values));
    }

    /** The rows of a query on this connection. */
    public static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var rows = new ArrayList<T>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(reader.read(found));
                }
            }
            return rows;
        }
    }

    /** Does the work in one transaction of this login role and commits it. */
    public <T> T within(String user, Work<T> work) {
        try (var connection = server.connect(name, user)) {
            connection.setAutoCommit(false);
            var result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does the work in one transaction of this login role and rolls it back. */
    public <T> T rolledBack(String user, Work<T> work) {
        try (var connection = server.connect(name, user)) {
            connection.setAutoCommit(false);
            try {
                return work.with(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries a statement and takes back what it did. */
    public static Refusal refusal(Connection connection, String sql) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return new Refusal("", "", "nothing refused it");
        } catch (PSQLException e) {
            var message = Objects.requireNonNull(e.getServerErrorMessage());
            return new Refusal(
                    Objects.toString(e.getSQLState()),
                    Objects.toString(message.getConstraint(), ""),
                    Objects.toString(message.getMessage()));
        } finally {
            connection.rollback(before);
        }
    }

    /**
     * Does the work as the gateway would for such a viewer, and rolls it back.
     *
     * @param role such as {@code user}
     * @param viewer the {@code users.id}, or an empty text
     * @param scopes separated by spaces, or an empty text
     */
    public <T> T asViewer(String role, String viewer, String scopes, Work<T> work) {
        try (var connection = server.connect(name, "selvage_login")) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SET LOCAL ROLE selvage_" + role);
            query(connection, "SELECT set_config('selvage.viewer', ?, true)", _ -> true, viewer);
            query(connection, "SELECT set_config('selvage.scopes', ?, true)", _ -> true, scopes);
            try {
                return work.with(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
