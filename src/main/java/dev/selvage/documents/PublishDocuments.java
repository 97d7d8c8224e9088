package dev.selvage.documents;

import dev.selvage.documents.Publication.Published;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.publishDocuments}: all of them or none. Those that are published already stay as they are. */
@Component
class PublishDocuments implements Mutation<List<PersistedDocument>> {
    private static final int MOST = 100;

    /** Of what is wrong, as much as somebody can put right before they try again. */
    private static final int MOST_ERRORS = 20;

    private final Publishing publishing;

    PublishDocuments(Publishing publishing) {
        this.publishing = publishing;
    }

    @Override
    public Mono<Payload<List<PersistedDocument>>> change(Input input) {
        var texts = (List<?>) Objects.requireNonNull(input.value("documents"));
        if (texts.size() > MOST) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "`documents` has " + texts.size() + " entries; it may have up to " + MOST
                            + ". Send more of them as a manifest to `/documents`.");
        }
        var clientId = input.text("clientId");
        if (clientId == null) {
            return Mono.just(Payload.refused(input.errors()));
        }
        var submissions =
                texts.stream().map(text -> new Submission(null, (String) text)).toList();
        var appVersion = (String) Objects.requireNonNull(input.value("appVersion"));
        return publishing.publish(clientId, appVersion, submissions).map(publication -> payload(input, publication));
    }

    private static Payload<List<PersistedDocument>> payload(Input input, Publication publication) {
        return publication.faults().isEmpty()
                ? Payload.of(publication.documents().stream()
                        .map(Published::document)
                        .toList())
                : Payload.refused(publication.faults().stream()
                        .limit(MOST_ERRORS)
                        .map(fault -> error(input, fault))
                        .toList());
    }

    private static UserError error(Input input, Fault fault) {
        var path = new ArrayList<>(input.at(fault.field()));
        if (fault.place() >= 0) {
            path.add(Integer.toString(fault.place()));
        }
        return new InputError(fault.code(), fault.sentence(), List.copyOf(path));
    }
}
