package dev.selvage.kernel;

import reactor.core.publisher.Mono;

/**
 * One field of the root type {@code Mutation}: one file, with its rule and its statement. What it writes it writes in the
 * operation's transaction, behind a savepoint of its own; if it is refused, nothing of it stays.
 *
 * <p>A class named {@code CreateFabric} is the field {@code createFabric}.
 */
public interface Mutation<T> {
    /**
     * Makes the change. What a constraint refuses becomes a {@link UserError} by the {@link Constraints}.
     *
     * @param input the argument {@code input}
     */
    Mono<Payload<T>> change(Input input);

    /**
     * Done before a record is read anew whose change was made under the same key before, where the viewer would not see it
     * otherwise.
     */
    default Mono<?> recall(GlobalId id) {
        return Mono.empty();
    }
}
