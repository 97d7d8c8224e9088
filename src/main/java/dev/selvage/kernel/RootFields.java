package dev.selvage.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lines for {@code Query}. */
public final class RootFields {
    /** Asks for the one value of a root field, to be taken when the round has been read. */
    @FunctionalInterface
    private interface Answer {
        Supplier<@Nullable Object> ask(Map<String, Object> arguments, Round round);
    }

    private final Fields fields;

    RootFields(Fields fields) {
        this.fields = fields;
    }

    private RootFields put(String field, Answer answer) {
        Resolver.OfLevel resolver = (_, arguments, round) -> {
            var value = answer.ask(arguments, round);
            return _ -> value.get();
        };
        fields.put("Query", field, resolver);
        return this;
    }

    /** A field that is the record of its argument {@code id}. */
    public RootFields byId(String field, Class<?> record) {
        return put(field, (arguments, round) -> fields.nodeTypes().find(record, text(arguments, "id"), round));
    }

    /** A field that is one record, found by one of the keys of its {@code @oneOf} argument {@code by}. */
    public RootFields by(String field, Class<?> record, By... keys) {
        Map<String, By.Way> ways = new HashMap<>();
        ways.put("id", (id, round) -> fields.nodeTypes().find(record, (String) id, round));
        for (var key : keys) {
            ways.put(key.argument(), key.way());
        }
        return put(field, (arguments, round) -> {
            var by = (Map<?, ?>) Objects.requireNonNull(arguments.get("by"));
            var given = by.entrySet().iterator().next();
            return Objects.requireNonNull(ways.get(given.getKey()))
                    .find(Objects.requireNonNull(given.getValue()), round);
        });
    }

    /** A field that is a page of a list. */
    public RootFields page(String field, Listing<?> listing) {
        return put(field, (arguments, round) -> {
            var pages = fields.pages(listing, null, arguments, round);
            var read = round.read(pages.findAll(List.of(Pages.ROOT)));
            return () -> read.value().get(Pages.ROOT);
        });
    }

    /** A field that is a page of a list in an order of its own. */
    public <T> RootFields ranking(String field, Function<Map<String, Object>, Ranking<T>> ranking) {
        return put(field, (arguments, round) -> {
            var read = round.readInSteps(
                    Rankings.page(ranking.apply(arguments), arguments, round.operation(), fields.cursors()));
            return read::value;
        });
    }

    /**
     * A field that is a whole list, worked out from its arguments.
     *
     * @param most rows; with more of them the answer is LIMIT_EXCEEDED
     */
    public <T> RootFields all(String field, int most, Function<Map<String, Object>, Mono<List<T>>> answer) {
        return put(field, (arguments, round) -> {
            var read = round.read(answer.apply(arguments));
            return () -> whole(read.value(), most, round.operation());
        });
    }

    private static <T> List<T> whole(List<T> rows, int most, Operation operation) {
        if (rows.size() > most) {
            throw new Refusal(
                    Refusal.Code.LIMIT_EXCEEDED,
                    "This makes more than " + most + " groups. Ask for a shorter time, or for coarser groups.");
        }
        return operation.admits(rows.size()) ? rows : List.of();
    }

    /** A field worked out from who asks. */
    public RootFields value(String field, Function<Viewer, ?> value) {
        return put(field, (_, round) -> () -> value.apply(round.operation().viewer()));
    }

    /** Any record, by its global id. */
    RootFields node(String field) {
        return put(field, (arguments, round) -> fields.nodeTypes().find(text(arguments, "id"), round));
    }

    /** Any records, by their global ids. */
    @SuppressWarnings("unchecked") // The schema says so.
    RootFields nodes(String field) {
        return put(
                field,
                (arguments, round) -> fields.nodeTypes()
                        .findAll((List<@Nullable String>) Objects.requireNonNull(arguments.get("ids")), round));
    }

    private static String text(Map<String, Object> arguments, String name) {
        return (String) Objects.requireNonNull(arguments.get(name));
    }
}
