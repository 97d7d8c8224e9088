package dev.selvage.documents;

import dev.selvage.documents.DocumentRepository.Published;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.Viewer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Publishes the documents of an app's version: all of them, or none. */
@Component
public class Publishing {
    private static final int LONGEST_VERSION = 100;

    private final Operations operations;
    private final DocumentRepository documents;
    private final DocumentCheck check;
    private final PublishedDocuments callable;

    Publishing(Operations operations, DocumentRepository documents, DocumentCheck check, PublishedDocuments callable) {
        this.operations = operations;
        this.documents = documents;
        this.check = check;
        this.callable = callable;
    }

    /** Ends an operation so that nothing of it stays. */
    private static final class Refused extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient Publication publication;

        private Refused(Publication publication) {
            super(null, null, false, false);
            this.publication = publication;
        }
    }

    /** Publishes them in an operation of its own. */
    public Mono<Publication> publish(Viewer viewer, String clientId, String appVersion, List<Submission> submissions) {
        return checked(appVersion, submissions)
                .flatMap(checked -> checked.faults().isEmpty()
                        ? operations.write(
                                viewer,
                                () -> keep(clientId, appVersion, checked.documents())
                                        .doOnNext(Publishing::requireWhole))
                        : Mono.just(Publication.refused(checked.faults())))
                .onErrorResume(Refused.class, refused -> Mono.just(refused.publication));
    }

    private static void requireWhole(Publication publication) {
        if (!publication.faults().isEmpty()) {
            throw new Refused(publication);
        }
    }

    /** Publishes them in the operation that is going on. If there are faults, what was written is to be undone. */
    Mono<Publication> publish(String clientId, String appVersion, List<Submission> submissions) {
        return checked(appVersion, submissions)
                .flatMap(checked -> checked.faults().isEmpty()
                        ? keep(clientId, appVersion, checked.documents())
                        : Mono.just(Publication.refused(checked.faults())));
    }

    private Mono<DocumentCheck.Result> checked(String appVersion, List<Submission> submissions) {
        int length = appVersion.codePointCount(0, appVersion.length());
        if (length == 0 || length > LONGEST_VERSION || !Input.isStorable(appVersion)) {
            var fault = Fault.of("appVersion", ErrorCode.TOO_LONG, DocumentConstraints.VERSION);
            return Mono.just(new DocumentCheck.Result(List.of(), List.of(fault)));
        }
        if (submissions.isEmpty()) {
            var fault =
                    Fault.of("documents", ErrorCode.REQUIRED, "There is no document in it. Was it made of no files?");
            return Mono.just(new DocumentCheck.Result(List.of(), List.of(fault)));
        }
        return Mono.fromCallable(() -> check.check(submissions))
                // Thousands of documents take seconds, and other requests shall not wait for it.
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Publication> keep(String clientId, String appVersion, List<CheckedDocument> checked) {
        Map<String, CheckedDocument> each = new LinkedHashMap<>();
        checked.forEach(document -> each.putIfAbsent(document.hash(), document));
        return operations
                .viewer()
                .flatMap(viewer -> mayBeOf(clientId, viewer)
                        ? keepOfApp(clientId, appVersion, checked, each)
                        : Mono.just(refused(ErrorCode.FORBIDDEN, DocumentConstraints.OWN)));
    }

    private Mono<Publication> keepOfApp(
            String clientId, String appVersion, List<CheckedDocument> checked, Map<String, CheckedDocument> each) {
        return documents
                .isApp(clientId)
                .flatMap(isApp -> isApp
                        ? documents
                                .publish(clientId, appVersion, each.values())
                                .flatMap(changed -> documents
                                        .name(clientId, checked)
                                        .flatMap(taken -> taken.isEmpty()
                                                ? publication(clientId, appVersion, checked, changed)
                                                : Mono.just(otherwiseNamed(taken))))
                                .delayUntil(_ -> operations.onceCommitted(callable::refresh))
                        : Mono.just(refused(ErrorCode.NOT_FOUND, DocumentConstraints.NO_APP)));
    }

    private static Publication refused(ErrorCode code, String whyOfApp) {
        return Publication.refused(List.of(Fault.of("clientId", code, whyOfApp)));
    }

    /** What all apps may call is the gateway's to publish, and nobody else's. */
    private static boolean mayBeOf(String clientId, Viewer viewer) {
        return viewer.role() == Role.SYSTEM || !clientId.equals(DocumentIndex.GATEWAY);
    }

    private static Publication otherwiseNamed(List<Integer> places) {
        return Publication.refused(places.stream()
                .map(place -> Fault.ofDocument(
                        place,
                        ErrorCode.NOT_UNIQUE,
                        "This id stands for another text. An id is of one text, for good.",
                        null))
                .toList());
    }

    private Mono<Publication> publication(
            String clientId, String appVersion, List<CheckedDocument> checked, List<Published> changed) {
        var isNew = new HashMap<String, Boolean>();
        changed.forEach(published -> isNew.put(published.hash(), published.isNew()));
        var hashes = checked.stream().map(CheckedDocument::hash).collect(Collectors.toSet());
        return documents.findAllByHash(clientId, hashes).map(found -> {
            if (!found.stream().allMatch(document -> document.appVersions().contains(appVersion))) {
                return Publication.refused(
                        List.of(Fault.of("appVersion", ErrorCode.OUT_OF_RANGE, DocumentConstraints.VERSIONS)));
            }
            var byId = found.stream().collect(Collectors.toMap(PersistedDocument::documentId, Function.identity()));
            return new Publication(
                    checked.stream()
                            .map(document -> new Publication.Published(
                                    Objects.requireNonNull(byId.get("sha256:" + document.hash())),
                                    isNew.getOrDefault(document.hash(), false)))
                            .toList(),
                    List.of());
        });
    }
}
