package dev.selvage.documents;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.retireDocuments}: nobody has this version of the app any more. How many went with it is all that is answered. */
@Component
class RetireDocuments implements Mutation<String> {
    private static final String UNKNOWN = "No published document is used by this version of this app.";

    private final DocumentRepository documents;
    private final Operations operations;
    private final PublishedDocuments callable;

    RetireDocuments(DocumentRepository documents, Operations operations, PublishedDocuments callable) {
        this.documents = documents;
        this.operations = operations;
        this.callable = callable;
    }

    @Override
    public Mono<Payload<String>> change(Input input) {
        var clientId = input.text("clientId");
        var appVersion = input.text("appVersion");
        if (clientId == null || appVersion == null) {
            return Mono.just(Payload.refused(input.errors()));
        }
        if (clientId.equals(DocumentIndex.GATEWAY)) {
            return Mono.just(Payload.refused(
                    new InputError(ErrorCode.FORBIDDEN, DocumentConstraints.OWN, input.at("clientId"))));
        }
        return documents
                .retire(clientId, appVersion)
                .map(retired -> retired.isEmpty()
                        ? Payload.<String>refused(new InputError(ErrorCode.NOT_FOUND, UNKNOWN, input.at("appVersion")))
                        : Payload.of(count(retired)))
                .delayUntil(_ -> operations.onceCommitted(callable::refresh));
    }

    private static String count(List<Boolean> retired) {
        return Integer.toString(Collections.frequency(retired, true));
    }
}
