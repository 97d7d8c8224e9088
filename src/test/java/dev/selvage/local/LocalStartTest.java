package dev.selvage.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first start in an empty directory, and others that are tried beside it. */
class LocalStartTest {
    private static final int PORT = Ports.anyFree();

    @TempDir
    private static Path directory;

    private static SelvageProcess selvage;

    @BeforeAll
    static void start() throws Exception {
        selvage = SelvageProcess.start(LocalSelvage.class, directory, Map.of("SERVER_PORT", "" + PORT))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        selvage.close();
    }

    @Test
    void itSaysAHandfulOfLinesAndNoMore() {
        assertThat(selvage.output().lines().filter(line -> !line.isBlank())).hasSizeLessThan(12);
        assertThat(selvage.output()).contains("http://localhost:%d/graphql".formatted(PORT), "/graphiql");
    }

    @Test
    void theLinesItPrintsWorkWhenTheyArePasted() throws Exception {
        var output = selvage.output();
        var pasted = output.substring(output.indexOf("TOKEN="), output.indexOf("Ctrl-C"));

        var shell =
                new ProcessBuilder("sh", "-c", pasted).redirectErrorStream(true).start();
        assertThat(shell.waitFor(60, SECONDS)).isTrue();

        assertThat(shell.inputReader().readAllAsString())
                .contains("\"name\":", "\"totalCount\":")
                .doesNotContain("errors");
    }

    @ParameterizedTest
    @EnumSource(Persona.class)
    void aPersonaIsAUserOfTheDemoData(Persona persona) throws Exception {
        try (var database = selvage.database();
                var statement = database.prepareStatement(
                        "SELECT issuer, email, name FROM users WHERE subject = ? AND email_verified IS NOT NULL")) {
            statement.setString(1, persona.subject());
            var user = statement.executeQuery();
            assertThat(user.next()).isTrue();
            assertThat(user.getString("issuer")).isEqualTo("http://localhost:" + PORT);
            assertThat(user.getString("email")).isEqualTo(persona.email());
            assertThat(user.getString("name")).isEqualTo(persona.fullName());
        }
    }

    @ParameterizedTest
    @CsvSource({"fsync, on", "full_page_writes, on", "synchronous_commit, on", "max_connections, 100"})
    void theServerKeepsWhatItIsGiven(String setting, String value) throws Exception {
        try (var database = selvage.database();
                var shown = database.createStatement().executeQuery("SHOW " + setting)) {
            shown.next();
            assertThat(shown.getString(1)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "selvage_owner", "selvage_login"})
    void nobodyEntersTheDatabaseWithoutThePassword(String role) {
        assertThatThrownBy(() -> DriverManager.getConnection(selvage.databaseUrl(), role, "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor-secret", "postgres-password", "token-key.json"})
    void aSecretBelongsToItsOwner(String name) throws Exception {
        var file = directory.resolve(".data").resolve(name);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void otherMachinesDoNotReachIt() throws Exception {
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(outside.isPresent(), "This machine has no network.");
        assertThatThrownBy(() -> new Socket(outside.get(), PORT).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aSecondOneOnTheSameDataIsRefused() throws Exception {
        try (var second =
                SelvageProcess.start(LocalSelvage.class, directory, Map.of("SERVER_PORT", "" + Ports.anyFree()))) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .hasLineCount(1)
                    .contains("already runs on the data in .data", "SELVAGE_LOCAL_DATA=");
        }
    }

    @Test
    void aTakenPortIsToldBeforePostgresIsStarted(@TempDir Path elsewhere) throws Exception {
        try (var second = SelvageProcess.start(LocalSelvage.class, elsewhere, Map.of("SERVER_PORT", "" + PORT))) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .hasLineCount(1)
                    .startsWith("Port %d is in use".formatted(PORT))
                    .containsPattern("`SERVER_PORT=\\d+ mvn spring-boot:run`");
            assertThat(elsewhere.resolve(".data/postgres")).doesNotExist();
        }
    }

    @Test
    void aTakenPortForPostgresIsTold(@TempDir Path elsewhere) throws Exception {
        var variables = Map.of("SERVER_PORT", "" + Ports.anyFree(), "SELVAGE_LOCAL_POSTGRES_PORT", "" + PORT);
        try (var second = SelvageProcess.start(LocalSelvage.class, elsewhere, variables)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .hasLineCount(1)
                    .startsWith("Port %d, wanted for PostgreSQL, is in use".formatted(PORT));
        }
    }
}
