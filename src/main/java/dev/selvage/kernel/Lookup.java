package dev.selvage.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.dataloader.DataLoader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How records are found by a key: all keys of a level in one statement.
 *
 * @param keyType what the key is in the table
 * @param findAll the records of these keys, in any order, none for a key that has none or that the viewer may not see
 * @param keyOf the key that a found record answers
 */
public record Lookup<K, V>(Class<K> keyType, Function<Collection<K>, Flux<V>> findAll, Function<V, K> keyOf) {

    /** The operation's loader of it; a record is read once, however many levels ask for it. */
    DataLoader<K, V> in(Operation operation) {
        return operation.loaderOfWholeLevels(this, this::once);
    }

    private Function<Set<K>, Mono<Map<K, V>>> once() {
        Map<K, Optional<V>> known = new ConcurrentHashMap<>();
        return keys -> {
            var unknown = new LinkedHashSet<>(keys);
            unknown.removeAll(known.keySet());
            var found = unknown.isEmpty()
                    ? Mono.just(Map.<K, V>of())
                    : findAll.apply(unknown).collectMap(keyOf);
            return found.map(records -> {
                unknown.forEach(key -> known.put(key, Optional.ofNullable(records.get(key))));
                Map<K, V> asked = new HashMap<>();
                keys.forEach(key -> Objects.requireNonNull(known.get(key)).ifPresent(record -> asked.put(key, record)));
                return asked;
            });
        };
    }
}
