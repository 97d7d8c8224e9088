package dev.selvage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's programs meet the gateway: a browser on its page, GraphQL clients with their documents, and the audits of GraphQL over HTTP. */
class ClientsTest {
    private static final Path CLIENTS = Path.of("src/test/clients");
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final int PATIENCE_SECONDS = 120;
    private static final Gateway gateway = Gateway.running();

    @TempDir
    private Path directory;

    @BeforeAll
    static void anAdministratorAndSomethingToSee() {
        needs(
                Files.isDirectory(CLIENTS.resolve("node_modules")) && isOnPath("node"),
                "This test needs Node.js and its packages: `npm ci --prefix src/test/clients`.");
        var given = new Given(gateway);
        // The page's buttons ask the issuer for its personas, of whom the demo data would have this one.
        gateway.database().query("""
                INSERT INTO users (email, name, role, email_verified, issuer, subject)
                VALUES ('admin@example.com', 'Ada Whitfield', 'admin', now(), ?, 'admin')
                ON CONFLICT DO NOTHING RETURNING id
                """, row -> row.getString(1), gateway.address());
        var consignor = given.consignor();
        for (int i = 0; i < 16; i++) {
            given.item(given.event("published"), consignor, "approved");
        }
    }

    @Test
    void theConsoleShowsAnAdministratorTheEventsAndAsksNobodyElse() throws Exception {
        needs(Files.exists(BROWSER), "This test needs Chromium: `apt-get install chromium`.");

        assertThat(run("graphiql.mjs", gateway.address())).contains("all to ");
    }

    @Test
    void twoClientsWalkTheSameListForwardsAndBackwards() throws Exception {
        assertThat(run("pages.mjs", gateway.address(), gateway.token("as=admin")))
                .contains("each once");
    }

    @Test
    void apolloClientSendsItsTextOnceAndThenAsksByItsHash() throws Exception {
        assertThat(run("apollo/automatic.mjs", gateway.address())).contains("by its hash alone");
    }

    @Test
    void urqlSendsItsTextOnceAndThenAsksByItsHashOverGet() throws Exception {
        assertThat(run("urql/automatic.mjs", gateway.address())).contains("by its hash alone, over GET");
    }

    @Test
    void apolloClientCallsWhatItsManifestHasPublished() throws Exception {
        assertThat(run("apollo/published.mjs", gateway.address())).contains("by id alone");
    }

    @Test
    void urqlCallsWhatCodegenHasPublishedAndQueriesOverGet() throws Exception {
        assertThat(run("urql/published.mjs", gateway.address())).contains("by id alone, and queries over GET");
    }

    @Test
    void relayCallsWhatItsCompilerHasPublishedByIdsOfItsOwn() throws Exception {
        assertThat(run("relay/published.mjs", gateway.address())).contains("by id alone");
    }

    @Test
    void whatCodegenHasPublishedIsCalledWithoutAnyClient() throws Exception {
        assertThat(run("codegen/published.mjs", gateway.address())).contains("by id alone, over GET and POST");
    }

    @Test
    void theAuditsOfGraphQlOverHttpAreAllContent() throws Exception {
        assertThat(run("audits.mjs", gateway.address())).contains("All 61 audits are content");
    }

    @Test
    void clientsAreServedBesideThoseWhoSendAndReadSlowly() throws Exception {
        needs(isOnPath("slowhttptest"), "This test needs slowhttptest: `apt-get install slowhttptest`.");

        assertThat(run("../../bench/slow.mjs", "--url", gateway.address(), "--seconds", "3", "--connections", "200"))
                .contains("slow headers", "slow body", "slow read");
    }

    private String run(String script, String... arguments) throws IOException, InterruptedException {
        var output = directory.resolve("output").toFile();
        var command = Stream.concat(Stream.of("node", CLIENTS.resolve(script).toString()), Stream.of(arguments));
        var process = new ProcessBuilder(command.toList())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            var ended = process.waitFor(PATIENCE_SECONDS, SECONDS);
            var said = Files.readString(output.toPath());
            assertThat(ended)
                    .as("%s ends within %d s; so far: %s", script, PATIENCE_SECONDS, said)
                    .isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What a developer's machine may lack, the machine that judges changes may not. */
    private static void needs(boolean present, String sentence) {
        if (!present && "true".equals(System.getenv("CI"))) {
            fail(sentence);
        } else if (!present) {
            abort(sentence);
        }
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
