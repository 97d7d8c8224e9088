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
 */
record DatabaseViewer(String role, @Nullable UUID user, Set<String> scopes) {
    /** A superuser's connection asks as this viewer until the end of its transaction, or until it is another's turn. */
    void ask(Connection connection) throws SQLException {
        TestDatabase.query(
                connection, """
                SELECT set_config('role', ?, true), set_config('selvage.viewer', ?, true), set_config('selvage.scopes', ?, true)
                """, _ -> true, "selvage_" + role, Objects.toString(user, ""), String.join(" ", scopes));
    }
}
