package dev.selvage.kernel;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * One field of the root type {@code Mutation} that takes many changes at once. Each stands alone: one that is refused says
 * why and leaves the others in place.
 *
 * <p>A class named {@code ReviewInventoryItems} is the field {@code reviewInventoryItems}.
 */
public interface BatchMutation<T> {
    /** How many at once. With more of them the answer is LIMIT_EXCEEDED. */
    int most();

    /**
     * Makes the changes, by a number of statements that does not depend on how many there are. What a constraint could
     * refuse of one of them it has to refuse itself: nobody could say whose fault it is.
     *
     * @param inputs the argument {@code inputs}, each with errors of its own
     * @return as many answers, in this order; what is refused has changed nothing
     */
    Mono<List<Payload<T>>> change(List<Input> inputs);
}
