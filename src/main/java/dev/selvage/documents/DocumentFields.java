package dev.selvage.documents;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Wiring;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code Query.clientApps} and the types {@code ClientApp} and {@code PersistedDocument}. */
@Component
class DocumentFields implements Wiring {
    private final ClientAppRepository apps;
    private final DocumentRepository documents;

    DocumentFields(ClientAppRepository apps, DocumentRepository documents) {
        this.apps = apps;
        this.documents = documents;
    }

    @Override
    public void wire(Fields fields) {
        fields.query().all("clientApps", ClientAppRepository.MOST, _ -> apps.list());
        fields.type(ClientApp.class)
                .id(new Lookup<>(UUID.class, apps::findAll, ClientApp::id))
                .pageWhere("documents", DocumentRepository.DOCUMENTS, DocumentRepository.OF_APP, ClientApp::id);
        fields.type(PersistedDocument.class).kept(new Lookup<>(Long.class, documents::findAll, PersistedDocument::id));
        fields.type("PublishDocumentsPayload", Payload.class).value("documents", DocumentFields::published);
        fields.type("RetireDocumentsPayload", Payload.class).value("retired", DocumentFields::retired);
    }

    /** A list that is there, though it be empty, also where nothing was published. */
    private static Object published(Payload<?> payload) {
        return Objects.requireNonNullElse((@Nullable Object) payload.record(), List.of());
    }

    private static int retired(Payload<?> payload) {
        return payload.record() instanceof String count ? Integer.parseInt(count) : 0;
    }
}
