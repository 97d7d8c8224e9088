package dev.selvage.kernel;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Clears idempotency keys of more than a day ago, which stand for nothing any more. */
@Component
class ForgetKeys implements RecurringWork {
    private final Operations operations;
    private final IdempotencyRepository keys;

    ForgetKeys(Operations operations, IdempotencyRepository keys) {
        this.operations = operations;
        this.keys = keys;
    }

    @Override
    public Mono<Integer> doSome(int most) {
        return operations.write(Viewer.SYSTEM, () -> keys.forget(most));
    }
}
