package dev.selvage.kernel;

import dev.selvage.kernel.Transaction.Kind;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Begins operations. */
@Component
public final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    /** Of a command, for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final DistributionSummary statements;

    Operations(Sessions sessions, MeterRegistry metrics) {
        this.sessions = sessions;
        this.statements = DistributionSummary.builder("selvage.operation.statements")
                .description("SQL statements an operation took, beside those that open and end its transaction")
                .register(metrics);
    }

    /**
     * Those of a command, which is no server: each on a connection of its own.
     *
     * @param url such as {@code r2dbc:postgresql://db.example.com:5432/selvage}
     */
    public static Operations of(String url, String user, String password) {
        var options = ConnectionFactoryOptions.parse(url)
                .mutate()
                .option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, password)
                .build();
        var connections = Mono.from(ConnectionFactories.get(options).create()).map(Connection.class::cast);
        var line = new WaitingLine(1, PATIENCE.toNanos());
        return new Operations(new Sessions(connections, line, List.of()), new SimpleMeterRegistry());
    }

    /** An operation that the caller must {@link Operation#end}. */
    public Operation begin(Viewer viewer, Budget budget) {
        return new Operation(viewer, Origin.ITSELF, budget, Kind.READ, sessions, statements::record);
    }

    /** One that changes something. What it does not {@link Operation#commit} is undone when it ends. */
    public Operation beginToWrite(Viewer viewer, Origin origin, Budget budget) {
        return new Operation(viewer, origin, budget, Kind.WRITE, sessions, statements::record);
    }

    /** What the work reads in one operation of its own, ended with it. */
    public <T> Mono<T> read(Viewer viewer, Supplier<Mono<T>> work) {
        return within(viewer, Kind.READ, _ -> work.get());
    }

    /** What the work writes in one operation of its own: committed before its value is out, and nothing if it fails. */
    public <T> Mono<T> write(Viewer viewer, Supplier<Mono<T>> work) {
        return within(
                viewer,
                Kind.WRITE,
                operation -> work.get().flatMap(value -> operation.commit().thenReturn(value)));
    }

    /**
     * Does the same with each of these, in an operation of the gateway's own for each: one that fails is logged, and is in
     * nobody else's way.
     *
     * @param work answers whether anything was done
     * @return with how many something was done
     */
    public <K> Mono<Integer> eachAlone(List<K> keys, Function<K, Mono<Boolean>> work) {
        return Flux.fromIterable(keys)
                .concatMap(key -> write(Viewer.SYSTEM, () -> work.apply(key)).onErrorResume(why -> {
                    log.warn("{} is left for the next time", key, why);
                    return Mono.just(false);
                }))
                .filter(done -> done)
                .count()
                .map(Math::toIntExact);
    }

    private <T> Mono<T> within(Viewer viewer, Kind kind, Function<Operation, Mono<T>> work) {
        return Mono.using(
                () -> new Operation(viewer, Origin.ITSELF, Budget.NONE, kind, sessions, _ -> {}),
                operation -> within(operation, work.apply(operation)),
                Operation::end);
    }

    /** Who asks for the operation that is going on. */
    public Mono<Viewer> viewer() {
        return Mono.deferContextual(context -> Mono.just(current(context).viewer()));
    }

    /** Does this when what the operation that is going on has written is there for others; never if it is undone as a whole. */
    public Mono<Void> onceCommitted(Runnable work) {
        return Mono.deferContextual(context -> {
            current(context).onceCommitted(work);
            return Mono.empty();
        });
    }

    /** The work with the operation where {@link Database} finds it. */
    static <T> Mono<T> within(Operation operation, Mono<T> work) {
        return work.contextWrite(context -> context.put(Operation.class, operation));
    }

    /** Where {@link Database} finds the operation. */
    static Context context(Operation operation) {
        return Context.of(Operation.class, operation);
    }

    static Operation current(ContextView context) {
        return context.get(Operation.class);
    }
}
