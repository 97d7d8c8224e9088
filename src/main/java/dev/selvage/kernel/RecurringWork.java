package dev.selvage.kernel;

import reactor.core.publisher.Mono;

/**
 * What the gateway does by itself, again and again. Several instances may do it at the same time: what one of them is at,
 * the others leave alone.
 */
public interface RecurringWork {
    /**
     * Does some of what there is to do, in transactions of the gateway's own.
     *
     * @param most how much at once, so that nothing is locked for long
     * @return how much was done; if that is all it may do at once, there may be more
     */
    Mono<Integer> doSome(int most);
}
