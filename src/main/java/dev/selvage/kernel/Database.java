package dev.selvage.kernel;

import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where repositories send their statements: into the transaction of the operation that is going on. */
@Component
public final class Database {
    /**
     * The statement's rows, mapped.
     *
     * <p>Errors are {@link Refusal}s; after one the operation's transaction is over and every further statement answers
     * the same error.
     */
    public <T> Mono<List<T>> query(Statement statement, Function<Columns, T> mapper) {
        return Mono.create(waiting -> Operations.current(waiting.contextView()).run(statement, mapper, waiting));
    }
}
