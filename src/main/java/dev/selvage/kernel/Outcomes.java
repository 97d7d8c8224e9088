package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
     */
    private record Kept(
            @Nullable String id,
            @Nullable List<String> ids,
            @Nullable String text) {}

    String write(Payload<?> payload) {
        return JSON.writeValueAsString(
                switch (Objects.requireNonNull(payload.record())) {
                    case String text -> new Kept(null, null, text);
                    case List<?> records ->
                        new Kept(null, records.stream().map(nodeTypes::globalId).toList(), null);
                    case Object record -> new Kept(nodeTypes.globalId(record), null, null);
                });
    }

    /** @param before what has to be done before a record with this id can be read */
    Mono<Payload<?>> read(String outcome, Function<GlobalId, Mono<?>> before) {
        var kept = JSON.readValue(outcome, Kept.class);
        if (kept.text() != null) {
            return Mono.just(Payload.of(kept.text()));
        }
        if (kept.ids() != null) {
            return findAll(kept.ids(), before).map(Payload::of);
        }
        return findAll(List.of(Objects.requireNonNull(kept.id())), before)
                .map(found -> new Payload<>(found.isEmpty() ? null : found.getFirst(), List.of()));
    }

    /** Those that are still there, in this order. All are of one type. */
    private Mono<List<Object>> findAll(List<String> texts, Function<GlobalId, Mono<?>> before) {
        var ids = texts.stream().map(GlobalId::parse).toList();
        if (ids.isEmpty()) {
            return Mono.just(List.of());
        }
        var lookup = nodeTypes.lookup(ids.getFirst().type());
        var keys = ids.stream().map(id -> id.keyAs(lookup.keyType())).toList();
        return before.apply(ids.getFirst())
                .then(Mono.defer(() -> lookup.findAll().apply(keys)))
                .map(found -> inOrder(keys, found, lookup));
    }

    private static List<Object> inOrder(List<Object> keys, List<Object> found, Lookup<Object, Object> lookup) {
        Map<Object, Object> byKey = new HashMap<>();
        found.forEach(record -> byKey.put(lookup.keyOf().apply(record), record));
        var ordered = new ArrayList<Object>();
        keys.forEach(key -> {
            var record = byKey.get(key);
            if (record != null) {
                ordered.add(record);
            }
        });
        return ordered;
    }
}
