package dev.selvage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after the process has ended, one way or another. */
class LocalRestartTest {
    private static final int SIGTERM = 128 + 15;
    private static final String NAME = "SELECT name FROM users WHERE subject = 'customer'";
    private static final String RENAME = "UPDATE users SET name = 'Somebody Else' WHERE subject = 'customer'";

    @TempDir
    private Path directory;

    @Test
    void aRestartKeepsWhatWasChangedAndThePersonasFollowThePort() throws Exception {
        try (var first = start(Ports.anyFree())) {
            change(first, RENAME);
            assertThat(first.terminate()).isEqualTo(SIGTERM);
            assertThat(first.postgres()).isEmpty();
        }
        var port = Ports.anyFree();
        try (var second = start(port)) {
            assertThat(find(second, NAME)).isEqualTo("Somebody Else");
            assertThat(find(second, "SELECT DISTINCT issuer FROM users WHERE issuer IS NOT NULL"))
                    .isEqualTo("http://localhost:" + port);
        }
    }

    @Test
    void aKilledOneIsTakenOverWithItsData() throws Exception {
        try (var killed = start(Ports.anyFree())) {
            change(killed, RENAME);
            killed.kill();
            assertThat(killed.postgres()).hasSize(1);

            try (var next = start(Ports.anyFree())) {
                assertThat(find(next, NAME)).isEqualTo("Somebody Else");
                assertThat(next.postgres()).hasSize(1);
                next.terminate();
            }
            assertThat(killed.postgres()).isEmpty();
        }
    }

    @Test
    void aFreshStartHasNothingOfWhatWasChanged() throws Exception {
        try (var first = start(Ports.anyFree())) {
            change(first, RENAME);
            first.terminate();
        }
        try (var fresh = start(Ports.anyFree(), "--fresh")) {
            assertThat(find(fresh, NAME)).isEqualTo(Persona.CUSTOMER.fullName());
        }
    }

    private SelvageProcess start(int port, String... arguments) throws Exception {
        return SelvageProcess.start(LocalSelvage.class, directory, Map.of("SERVER_PORT", "" + port), arguments)
                .awaitReady();
    }

    private static void change(SelvageProcess selvage, String sql) throws Exception {
        try (var database = selvage.database();
                var statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static String find(SelvageProcess selvage, String sql) throws Exception {
        try (var database = selvage.database();
                var found = database.createStatement().executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            var value = found.getString(1);
            assertThat(found.next()).isFalse();
            return value;
        }
    }
}
