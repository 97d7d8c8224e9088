package dev.selvage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.Selvage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed: one sentence for each reason, exit code 1, and nothing left behind. */
class LocalRefusalTest {
    @TempDir
    private Path directory;

    @Test
    void thePackagedEntryNamesEverySettingItMisses() throws Exception {
        try (var selvage = start(Selvage.class, Map.of())) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("Selvage needs spring.r2dbc.url "),
                            line -> assertThat(line).startsWith("Selvage needs spring.flyway.url "),
                            line -> assertThat(line)
                                    .startsWith("Selvage needs spring.security.oauth2.resourceserver.jwt.issuer-uri "),
                            line -> assertThat(line).startsWith("Selvage needs gateway.cursor-secret "));
        }
    }

    @Test
    void whoMigratesElsewhereNeedsNoDatabaseForMigrations() throws Exception {
        try (var selvage = start(
                Selvage.class,
                Map.of("SPRING_FLYWAY_ENABLED", "false", "SPRING_R2DBC_URL", "r2dbc:postgresql://localhost/selvage"))) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output()).hasLineCount(2).doesNotContain("flyway", "spring.r2dbc.url");
        }
    }

    @Test
    void aStartThatNamesADatabaseGetsNothingBrought() throws Exception {
        try (var selvage =
                start(LocalSelvage.class, Map.of("SPRING_R2DBC_URL", "r2dbc:postgresql://localhost/selvage"))) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output()).hasLineCount(3).doesNotContain("spring.r2dbc.url");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void dataOfAnotherVersionAreLeftAlone() throws Exception {
        var version = given("PG_VERSION", "17\n");
        try (var selvage = start(LocalSelvage.class, Map.of())) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output()).hasLineCount(1).contains("were made by PostgreSQL 17, and this is 18");
            assertThat(version).exists();
        }
    }

    @Test
    void nothingIsDeletedThatIsNotPostgres() throws Exception {
        var letters = given("letters.txt", "Dear Ada");
        try (var selvage = start(LocalSelvage.class, Map.of("SELVAGE_FRESH", "true"))) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output()).hasLineCount(1).contains("is not PostgreSQL's");
            assertThat(letters).hasContent("Dear Ada");
        }
    }

    @Test
    void anyOtherFailureIsOneSentenceToo() throws Exception {
        try (var selvage = start(LocalSelvage.class, Map.of("SPRING_R2DBC_POOL_MAXSIZE", "many"))) {
            assertThat(selvage.awaitExit()).isEqualTo(1);
            assertThat(selvage.output())
                    .hasLineCount(1)
                    .startsWith("Selvage did not start (")
                    .contains("many", "failed-start.txt", "--fresh");
            assertThat(directory.resolve(".data/failed-start.txt")).content().contains("Caused by: ");
            assertThat(selvage.postgres()).isEmpty();
        }
    }

    private SelvageProcess start(Class<?> main, Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("SERVER_PORT", "" + Ports.anyFree());
        return SelvageProcess.start(main, directory, all);
    }

    private Path given(String name, String content) throws Exception {
        var cluster = Files.createDirectories(directory.resolve(".data/postgres"));
        return Files.writeString(cluster.resolve(name), content);
    }
}
