package dev.selvage.gateway;

import dev.selvage.documents.Fault;
import dev.selvage.documents.Publication.Published;
import dev.selvage.documents.Submission;
import dev.selvage.kernel.Refusal.Code;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a build is told of the documents in its manifest. */
final class ManifestAnswer {
    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;

    /** Rejected documents that are told of; who has put those right sends the manifest again. */
    private static final int MOST_REJECTED = 100;

    private ManifestAnswer() {}

    /** Of each document whether it was added, or was known. */
    static WireAnswer published(List<Submission> submissions, List<Published> published) {
        var documents = new ArrayList<Map<String, Object>>(published.size());
        for (int place = 0; place < published.size(); place++) {
            var one = published.get(place);
            var told = told(submissions.get(place), one.document().operationName());
            told.put("documentId", one.document().documentId());
            told.put("result", one.isNew() ? "added" : "known");
            documents.add(told);
        }
        return answer(OK, Map.of("documents", documents), Set.of());
    }

    /** Of each document that was rejected, why, and where in its text. */
    static WireAnswer rejected(List<Submission> submissions, List<Fault> faults) {
        var byPlace = new TreeMap<Integer, List<Fault>>();
        faults.forEach(fault ->
                byPlace.computeIfAbsent(fault.place(), _ -> new ArrayList<>()).add(fault));
        var documents = new ArrayList<Map<String, Object>>();
        byPlace.entrySet().stream().limit(MOST_REJECTED).forEach(entry -> {
            var told = told(submissions.get(entry.getKey()), null);
            told.put("result", "rejected");
            told.put(
                    "errors",
                    entry.getValue().stream().map(ManifestAnswer::error).toList());
            documents.add(told);
        });
        var all = new LinkedHashMap<String, Object>();
        var sentence = byPlace.size() + " of " + submissions.size() + " documents are rejected, and none is published.";
        all.put("errors", List.of(new WireError(Code.BAD_USER_INPUT, sentence, null, null).toSpecification()));
        all.put("documents", documents);
        return answer(UNPROCESSABLE, all, Set.of(Code.BAD_USER_INPUT));
    }

    private static Map<String, Object> told(Submission submission, @Nullable String operationName) {
        var told = new LinkedHashMap<String, Object>();
        told.put("id", submission.id());
        if (operationName != null) {
            told.put("operationName", operationName);
        }
        return told;
    }

    private static Map<String, Object> error(Fault fault) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", fault.message());
        var at = fault.location();
        if (at != null) {
            var location = new LinkedHashMap<String, Object>();
            location.put("line", at.getLine());
            location.put("column", at.getColumn());
            error.put("locations", List.of(location));
        }
        return error;
    }

    private static WireAnswer answer(int status, Map<String, Object> body, Set<Code> codes) {
        var json = Unpooled.wrappedBuffer(JsonMapper.shared().writeValueAsBytes(body));
        return new WireAnswer(status, status, json, Map.of("content-type", "application/json"), codes);
    }
}
