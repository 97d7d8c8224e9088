package dev.selvage.kernel;

import java.util.Collection;
import java.util.function.Function;
import org.dataloader.DataLoader;
import reactor.core.publisher.Flux;

/**
 * How records are found by a key: all keys of a level in one statement.
 *
 * @param keyType what the key is in the table
 * @param findAll the records of these keys, in any order, none for a key that has none or that the viewer may not see
 * @param keyOf the key that a found record answers
 */
public record Lookup<K, V>(Class<K> keyType, Function<Collection<K>, Flux<V>> findAll, Function<V, K> keyOf) {

    /** The operation's loader of it. */
    DataLoader<K, V> in(Operation operation) {
        return operation.loader(this, () -> keys -> findAll.apply(keys).collectMap(keyOf));
    }
}
