package dev.selvage.documents;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Viewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Publishes the gateway's own documents, those in {@code graphql/documents/}, when it starts. Several instances may at once. */
@Component
class OwnDocuments implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OwnDocuments.class);

    private static final String UNRELEASED = "unreleased";
    private static final String NAME = "The gateway itself";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Operations operations;
    private final ClientAppRepository apps;
    private final Publishing publishing;
    private final String version;
    private volatile boolean running;

    /** @param build whose version is that of the documents; there is none where it was not Maven that built it */
    OwnDocuments(
            Operations operations,
            ClientAppRepository apps,
            Publishing publishing,
            ObjectProvider<BuildProperties> build) {
        this.operations = operations;
        this.apps = apps;
        this.publishing = publishing;
        var properties = build.getIfAvailable();
        this.version =
                properties == null ? UNRELEASED : Objects.requireNonNullElse(properties.getVersion(), UNRELEASED);
    }

    /** In the order of their names. */
    static List<Submission> all() {
        try {
            var documents = new ArrayList<Submission>();
            for (var file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:graphql/documents/*.graphql")) {
                documents.add(new Submission(null, file.getContentAsString(StandardCharsets.UTF_8)));
            }
            return documents;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void start() {
        running = true;
        operations
                .write(Viewer.SYSTEM, () -> apps.add(DocumentIndex.GATEWAY, NAME, DocumentPolicy.PUBLISHED_ONLY))
                .then(publishing.publish(Viewer.SYSTEM, DocumentIndex.GATEWAY, version, all()))
                .doOnNext(publication -> publication.faults().forEach(fault -> log.error("Not published: {}", fault)))
                .timeout(PATIENCE)
                // Whatever else may be called can be called without them.
                .doOnError(why -> log.error("The gateway's own documents are not published", why))
                .onErrorComplete()
                .block();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ahead of the server, and behind what looks up what was published. */
    @Override
    public int getPhase() {
        return 3;
    }
}
