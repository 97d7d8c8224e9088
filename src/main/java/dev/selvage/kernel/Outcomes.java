package dev.selvage.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a change has come to, as it is kept with its key: ids, never what the records hold. Answered again, they are read
 * anew, as the one who asks may see them now.
 */
final class Outcomes {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final NodeTypes nodeTypes;

    Outcomes(NodeTypes nodeTypes) {
        this.nodeTypes = nodeTypes;
    }

    /**
     * As it is kept.
     *
     * @param text itself, where the payload's record is a text
     * @param each of changes that were made together
     * @param errors why one of those was not made
     */
    private record Kept(
            @Nullable String id,
            @Nullable List<String> ids,
            @Nullable String text,
            @Nullable List<Kept> each,
            @Nullable List<KeptError> errors) {

        private static Kept of(String id) {
            return new Kept(id, null, null, null, null);
        }

        private Stream<String> allIds() {
            if (each != null) {
                return each.stream().flatMap(Kept::allIds);
            }
            if (errors != null) {
                return errors.stream().map(KeptError::id).filter(Objects::nonNull);
            }
            return ids != null ? ids.stream() : Stream.ofNullable(id);
        }
    }

    String write(Payload<?> payload) {
        return JSON.writeValueAsString(kept(payload));
    }

    private Kept kept(Payload<?> payload) {
        if (payload.isRefused()) {
            var errors = payload.userErrors().stream()
                    .map(error -> KeptError.of(error, nodeTypes))
                    .toList();
            return new Kept(null, null, null, null, errors);
        }
        return switch (payload.record()) {
            // It was done under the same key before, and cannot be seen any more.
            case null -> new Kept(null, null, null, null, null);
            case String text -> new Kept(null, null, text, null, null);
            case List<?> payloads
            when !payloads.isEmpty() && payloads.getFirst() instanceof Payload<?> ->
                new Kept(
                        null,
                        null,
                        null,
                        payloads.stream().map(one -> kept((Payload<?>) one)).toList(),
                        null);
            case List<?> records ->
                new Kept(null, records.stream().map(nodeTypes::globalId).toList(), null, null, null);
            case Object record -> Kept.of(nodeTypes.globalId(record));
        };
    }

    /** @param before what has to be done before a record with this id can be read */
    Mono<Payload<?>> read(String outcome, Function<GlobalId, Mono<?>> before) {
        var kept = JSON.readValue(outcome, Kept.class);
        return findAll(kept.allIds().distinct().toList(), before).map(records -> read(kept, records));
    }

    private static Payload<?> read(Kept kept, Map<String, Object> records) {
        if (kept.text() != null) {
            return Payload.of(kept.text());
        }
        if (kept.each() != null) {
            return Payload.of(
                    kept.each().stream().map(one -> read(one, records)).toList());
        }
        if (kept.errors() != null) {
            return Payload.refused(
                    kept.errors().stream().map(error -> error.error(records)).toList());
        }
        return kept.ids() == null
                ? new Payload<>(kept.id() == null ? null : records.get(kept.id()), List.of())
                : Payload.of(kept.ids().stream()
                        .map(records::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Those that are still there, by their ids. All are of one type. */
    private Mono<Map<String, Object>> findAll(List<String> texts, Function<GlobalId, Mono<?>> before) {
        if (texts.isEmpty()) {
            return Mono.just(Map.of());
        }
        var ids = texts.stream().map(GlobalId::parse).toList();
        var lookup = nodeTypes.lookup(ids.getFirst().type());
        var keys = ids.stream().map(id -> id.keyAs(lookup.keyType())).toList();
        return before.apply(ids.getFirst())
                .then(Mono.defer(() -> lookup.findAll().apply(keys)))
                .map(found -> {
                    Map<String, Object> records = new HashMap<>();
                    found.forEach(record -> records.put(nodeTypes.globalId(record), record));
                    return records;
                });
    }
}
