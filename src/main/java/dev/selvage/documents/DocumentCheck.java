package dev.selvage.documents;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Sha256;
import graphql.GraphQLError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What a document has to be to be published: valid against the schema as it is served, within the limits, one operation. */
@Component
class DocumentCheck {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 1_000;

    /** Of a text, as the table takes it, whatever the limits are. */
    private static final int MOST_BYTES = 262_144;

    /** Characters of a message; it repeats names that the caller made up. */
    private static final int LONGEST_MESSAGE = 500;

    /** Of one document, as many as somebody reads. */
    private static final int MOST_FAULTS = 5;

    /** Which is made of what publishes documents, among all else. */
    private final ObjectProvider<ExecutableSchema> schema;

    private final DocumentLimits limits;

    /** @param limits of documents that are published */
    DocumentCheck(ObjectProvider<ExecutableSchema> schema, DocumentLimits limits) {
        this.schema = schema;
        this.limits = limits;
    }

    /** One of the two is empty. */
    record Result(List<CheckedDocument> documents, List<Fault> faults) {}

    /** All of them, in their order, or what is wrong with them. */
    Result check(List<Submission> submissions) {
        var documents = new ArrayList<CheckedDocument>(submissions.size());
        var faults = new ArrayList<Fault>();
        for (int place = 0; place < submissions.size(); place++) {
            var submission = submissions.get(place);
            var hash = Sha256.hex(submission.text());
            var unkept = unkept(place, submission, hash);
            if (unkept != null) {
                faults.add(unkept);
                continue;
            }
            var document = parse(submission.text());
            var wrong = faults(place, document);
            faults.addAll(wrong);
            if (wrong.isEmpty()) {
                documents.add(new CheckedDocument(
                        submission.text(),
                        submission.id() == null || Sha256.named(submission.id()) != null ? null : submission.id(),
                        hash,
                        document.operationNames().getFirst(),
                        document.maxCost()));
            }
        }
        return new Result(faults.isEmpty() ? documents : List.of(), faults);
    }

    /** As it will be executed; it may have errors. */
    ExecutableDocument parse(String text) {
        return ExecutableDocument.of(schema.getObject(), text, limits);
    }

    /** Why it could not be kept as it is; null if it could. */
    private static @Nullable Fault unkept(int place, Submission submission, String hash) {
        if (!Input.isStorable(submission.text())) {
            return Fault.ofDocument(place, INVALID, "This text has a character that cannot be stored.", null);
        }
        if (submission.text().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Fault.ofDocument(place, TOO_LONG, DocumentConstraints.TEXT, null);
        }
        return submission.id() == null ? null : wrongId(place, submission.id(), hash);
    }

    private static @Nullable Fault wrongId(int place, String id, String hash) {
        var claimed = Sha256.named(id);
        if (claimed != null) {
            return claimed.equals(hash)
                    ? null
                    : Fault.ofDocument(
                            place,
                            INVALID,
                            "The id is not the SHA-256 of this text, which is " + hash
                                    + ". Was the text formatted anew after its hash was taken?",
                            null);
        }
        if (id.regionMatches(true, 0, Sha256.PREFIX, 0, Sha256.PREFIX.length())) {
            return Fault.ofDocument(place, INVALID, "Behind `sha256:` stand 64 hexadecimal digits.", null);
        }
        int length = id.codePointCount(0, id.length());
        return length >= 1 && length <= LONGEST_ID && Input.isStorable(id)
                ? null
                : Fault.ofDocument(place, TOO_LONG, "An id has 1 to " + LONGEST_ID + " characters.", null);
    }

    private List<Fault> faults(int place, ExecutableDocument document) {
        if (!document.errors().isEmpty()) {
            return document.errors().stream()
                    .limit(MOST_FAULTS)
                    .map(error -> fault(place, error))
                    .toList();
        }
        int operations = document.operationNames().size();
        if (operations != 1) {
            return List.of(Fault.ofDocument(
                    place, INVALID, "This has " + operations + " operations. Publish each of them by itself.", null));
        }
        var name = document.operationNames().getFirst();
        if (name != null && name.length() > LONGEST_NAME) {
            return List.of(Fault.ofDocument(
                    place, TOO_LONG, "The operation's name has at most " + LONGEST_NAME + " characters.", null));
        }
        int cost = document.maxCost();
        return cost <= limits.cost()
                ? List.of()
                : List.of(Fault.ofDocument(
                        place,
                        INVALID,
                        String.format(
                                Locale.ROOT,
                                "One call could cost %,d, and may cost %,d at most. Write the sizes of its pages into it, or ask"
                                        + " for fewer lists within lists.",
                                cost,
                                limits.cost()),
                        null));
    }

    private static Fault fault(int place, GraphQLError error) {
        var message = error.getMessage();
        var locations = error.getLocations();
        return Fault.ofDocument(
                place,
                INVALID,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…",
                locations == null || locations.isEmpty() ? null : locations.getFirst());
    }
}
