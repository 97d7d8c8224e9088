package dev.selvage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Migrates, then fills a database that has no users yet, before anything else reads it. */
class DemoData implements FlywayMigrationStrategy {
    private final @Nullable String issuer;

    /** @param issuer our own issuer's address, null if tokens come from another */
    DemoData(@Value("${selvage.local.issuer:#{null}}") @Nullable String issuer) {
        this.issuer = issuer;
    }

    @Override
    public void migrate(Flyway flyway) {
        flyway.migrate();
        try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
            connection.setAutoCommit(false);
            if (isEmpty(connection)) {
                for (var file : files()) {
                    run(file, connection);
                }
            }
            if (issuer != null) {
                moveTo(issuer, connection);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var user = statement.executeQuery("SELECT FROM users LIMIT 1")) {
            return !user.next();
        }
    }

    private static Resource[] files() throws IOException {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath*:db/demo/*.sql");
        Arrays.sort(files, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
        return files;
    }

    private static void run(Resource file, Connection connection) throws IOException {
        try (var statement = connection.createStatement()) {
            statement.execute(file.getContentAsString(StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException("db/demo/%s: %s".formatted(file.getFilename(), e.getMessage()), e);
        }
    }

    /** A token's issuer is our address, so another port than last time would make strangers of its users. */
    private static void moveTo(String issuer, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE users SET issuer = ? WHERE issuer ~ '^http://localhost:[0-9]+$' AND issuer <> ?")) {
            statement.setString(1, issuer);
            statement.setString(2, issuer);
            statement.executeUpdate();
        }
    }
}
