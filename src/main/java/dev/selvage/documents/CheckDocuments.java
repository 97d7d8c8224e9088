package dev.selvage.documents;

import dev.selvage.documents.DocumentRepository.InUse;
import dev.selvage.documents.SchemaCheck.Used;
import dev.selvage.execution.SchemaFiles;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.Viewer;
import graphql.schema.GraphQLSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/**
 * The command {@code check-documents}: whether what apps have published is valid by the schema of this build, before it is
 * deployed. It reads manifests, or with {@code --database} all that is published and not retired in a database, and changes nothing.
 */
public final class CheckDocuments {
    /** As the first argument. */
    public static final String NAME = "check-documents";

    private static final String DATABASE = "--database";
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final GraphQLSchema schema;
    private final Environment settings;
    private final PrintStream out;

    /**
     * Checks by this schema.
     *
     * @param settings where the database is: {@code spring.r2dbc.url}, {@code .username} and {@code .password}
     */
    CheckDocuments(GraphQLSchema schema, Environment settings, PrintStream out) {
        this.schema = schema;
        this.settings = settings;
        this.out = out;
    }

    /** Checks by the schema of this build. */
    public static CheckDocuments ofThisBuild(Environment settings, PrintStream out) {
        return new CheckDocuments(SchemaFiles.read(SchemaWiring.runtimeWiring()), settings, out);
    }

    /**
     * Checks, and says which documents would break.
     *
     * @param arguments {@code --database}, or the paths of manifests, or both
     * @return 0 if none would, 1 if any would, 2 if that cannot be said
     */
    public int run(List<String> arguments) {
        if (arguments.isEmpty() || arguments.stream().anyMatch(CheckDocuments::isUnknown)) {
            out.println("Usage: " + NAME + " [" + DATABASE + "] [manifest…]");
            return 2;
        }
        var documents = new ArrayList<Used>();
        for (var argument : arguments) {
            try {
                documents.addAll(argument.equals(DATABASE) ? published() : ofManifest(Path.of(argument)));
            } catch (IOException | RuntimeException unreadable) {
                out.println(argument + ": " + reason(unreadable));
                return 2;
            }
        }
        var broken = new SchemaCheck(schema).broken(documents);
        broken.forEach(one -> out.println(one.sentence()));
        out.println(broken.size() + " of " + documents.size() + " documents would break.");
        return broken.isEmpty() ? 0 : 1;
    }

    private static boolean isUnknown(String argument) {
        return argument.startsWith("--") && !argument.equals(DATABASE);
    }

    private static String reason(Exception why) {
        return switch (why) {
            case Refusal refusal
            when refusal.code() == Code.SERVICE_UNAVAILABLE || refusal.code() == Code.INTERNAL_SERVER_ERROR ->
                "The database is not reached, or lets nobody in by these settings.";
            case Refusal refusal -> refusal.sentence();
            case NoSuchFileException _ -> "There is no such file.";
            case IOException _ -> "This is no file that can be read.";
            case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
            default -> why.toString();
        };
    }

    private static List<Used> ofManifest(Path file) throws IOException {
        return Manifest.read(Files.readAllBytes(file)).stream()
                .map(document -> new Used(file.toString(), List.of(), document.id(), document.text()))
                .toList();
    }

    private List<Used> published() {
        var url = settings.getProperty("spring.r2dbc.url");
        var password = settings.getProperty("spring.r2dbc.password");
        if (url == null || password == null) {
            throw new Refusal(Code.BAD_REQUEST, "Say where it is: SPRING_R2DBC_URL and SPRING_R2DBC_PASSWORD.");
        }
        var operations = Operations.of(url, settings.getProperty("spring.r2dbc.username", "selvage_login"), password);
        var documents = DocumentRepository.ofACommand();
        return Objects.requireNonNull(operations
                .read(Viewer.SYSTEM, () -> documents.findInUse(0, PAGE))
                .expand(page -> page.size() < PAGE
                        ? Mono.empty()
                        : operations.read(
                                Viewer.SYSTEM,
                                () -> documents.findInUse(page.getLast().id(), PAGE)))
                .flatMapIterable(page -> page)
                .map(InUse::document)
                .collectList()
                .block(PATIENCE));
    }
}
