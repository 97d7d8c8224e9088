package dev.selvage.documents;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.saveClientApp}: makes an app known, or says anew what it is called and what it may send. */
@Component
class SaveClientApp implements Mutation<ClientApp> {
    private final ClientAppRepository apps;
    private final Operations operations;
    private final PublishedDocuments callable;

    SaveClientApp(ClientAppRepository apps, Operations operations, PublishedDocuments callable) {
        this.apps = apps;
        this.operations = operations;
        this.callable = callable;
    }

    @Override
    public Mono<Payload<ClientApp>> change(Input input) {
        var clientId = input.text("clientId");
        var name = input.text("name");
        if (clientId == null || name == null) {
            return Mono.just(Payload.refused(input.errors()));
        }
        if (clientId.equals(DocumentIndex.GATEWAY)) {
            return Mono.just(Payload.refused(
                    new InputError(ErrorCode.FORBIDDEN, DocumentConstraints.OWN, input.at("clientId"))));
        }
        var policy = DocumentPolicy.valueOf((String) Objects.requireNonNull(input.value("policy")));
        return apps.save(clientId, name, policy)
                .<Payload<ClientApp>>map(Payload::of)
                .delayUntil(_ -> operations.onceCommitted(callable::refresh));
    }
}
