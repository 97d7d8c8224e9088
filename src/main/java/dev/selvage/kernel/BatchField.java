package dev.selvage.kernel;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A field of the root type {@code Mutation} that makes many changes at once. To its caller's key they are one change, which is
 * refused if all of them are: a key stands for what was done, be it a part, and sent again under it nothing more is done.
 */
final class BatchField<T> implements Resolver.OfChange {
    private static final String INPUTS = "inputs";

    private final BatchMutation<T> mutation;
    private final MutationField<List<Payload<T>>> field;

    /** @param name as the schema has it */
    BatchField(String name, BatchMutation<T> mutation, IdempotencyRepository keys, NodeTypes nodeTypes) {
        this.mutation = mutation;
        // A constraint refuses a statement, and with it all changes: that each of them will pass is known before.
        this.field = new MutationField<>(name, this::makeAll, new Constraints(), keys, nodeTypes);
    }

    @Override
    public Mono<List<Payload<T>>> change(Map<String, Object> arguments, @Nullable String key, Operation operation) {
        int count = ((List<?>) Objects.requireNonNull(arguments.get(INPUTS))).size();
        if (count > mutation.most()) {
            throw new Refusal(
                    Refusal.Code.LIMIT_EXCEEDED, "At most " + mutation.most() + " at once. Send them in parts.");
        }
        return count == 0
                ? Mono.just(List.of())
                : field.change(arguments, key, operation).map(all -> each(all, count));
    }

    private Mono<Payload<List<Payload<T>>>> makeAll(Input arguments) {
        var inputs = arguments.each(INPUTS).stream().map(Input::alone).toList();
        return mutation.change(inputs)
                .map(payloads -> payloads.stream().allMatch(Payload::isRefused)
                        ? new Payload<>(payloads, payloads.getFirst().userErrors())
                        : Payload.of(payloads));
    }

    /** What is wrong with all of them is wrong with each. */
    private static <T> List<Payload<T>> each(Payload<List<Payload<T>>> all, int count) {
        var payloads = all.record();
        return payloads == null ? Collections.nCopies(count, Payload.refused(all.userErrors())) : payloads;
    }
}
