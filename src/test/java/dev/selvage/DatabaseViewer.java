package dev.selvage;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the database.
 *
 * @param role such as {@code user}
 * @param order that is being placed in the transaction
 */
record DatabaseViewer(
        String role,
        @Nullable UUID user,
        Set<String> scopes,
        @Nullable UUID order) {
    DatabaseViewer(String role, @Nullable UUID user, Set<String> scopes) {
        this(role, user, scopes, null);
    }

    /** A superuser's connection asks as this viewer until the end of its transaction, or until it is another's turn. */
    void ask(Connection connection) throws SQLException {
        TestDatabase.query(
                connection,
                """
                SELECT set_config('role', ?, true), set_config('selvage.viewer', ?, true), set_config('selvage.scopes', ?, true),
                       set_config('selvage.order', ?, true)
                """,
                _ -> true,
                "selvage_" + role,
                Objects.toString(user, ""),
                String.join(" ", scopes),
                Objects.toString(order, ""));
    }
}
