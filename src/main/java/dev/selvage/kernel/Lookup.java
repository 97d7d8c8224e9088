package dev.selvage.kernel;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * How records are found by a key: all keys of a level in one statement.
 *
 * @param keyType what the key is in the table
 * @param findAll the records of these keys, in any order, none for a key that has none or that the viewer may not see
 * @param keyOf the key that a found record answers
 */
public record Lookup<K, V>(Class<K> keyType, Function<Collection<K>, Mono<List<V>>> findAll, Function<V, K> keyOf) {}
