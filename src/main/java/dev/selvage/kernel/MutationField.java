package dev.selvage.kernel;

import dev.selvage.kernel.IdempotencyRepository.Claim;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A field of the root type {@code Mutation}: its change behind a savepoint, and once only where the caller names it by a key.
 * The key is claimed in the same transaction, so that it is known exactly if the change is. A refusal undoes it with all
 * else.
 */
final class MutationField<T> implements Resolver.OfChange {
    private static final int LONGEST_KEY = 200;

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Mutation<T> mutation;
    private final String name;
    private final Constraints constraints;
    private final IdempotencyRepository keys;
    private final Outcomes outcomes;

    /** @param name as the schema has it */
    MutationField(
            String name,
            Mutation<T> mutation,
            Constraints constraints,
            IdempotencyRepository keys,
            NodeTypes nodeTypes) {
        this.name = name;
        this.mutation = mutation;
        this.constraints = constraints;
        this.keys = keys;
        this.outcomes = new Outcomes(nodeTypes);
    }

    @Override
    public Mono<Payload<T>> change(Map<String, Object> arguments, @Nullable String key, Operation operation) {
        var all = Input.of(arguments);
        var input = Objects.requireNonNullElse(all.in("input"), all);
        var change = Mono.defer(() -> mutation.change(input));
        if (key == null) {
            return operation.change(change, constraints);
        }
        requireKey(key, operation.viewer());
        return operation.change(once(key, Fingerprint.of(arguments), change), constraints);
    }

    private static void requireKey(String key, Viewer viewer) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !Input.isStorable(key)) {
            throw Refusal.badInput("An idempotency key has 1 to " + LONGEST_KEY + " characters. Send a UUID.");
        }
        // Whoever has no name shares theirs with all others who have none, and no one may guess another's key.
        if (viewer.role() == Role.ANONYMOUS && !UUID.matcher(key).matches()) {
            throw Refusal.badInput("Without a token, an idempotency key is a UUID.");
        }
    }

    private Mono<Payload<T>> once(String key, String fingerprint, Mono<Payload<T>> change) {
        return keys.claim(key, name, fingerprint).flatMap(claim -> switch (claim) {
            case Claim.Fresh _ ->
                change.flatMap(payload -> payload.isRefused()
                        ? Mono.just(payload)
                        : keys.keep(key, fingerprint, outcomes.write(payload)).thenReturn(payload));
            case Claim.Done(var outcome) -> again(outcome);
            case Claim.Reused _ ->
                Mono.just(Payload.refused(new InputError(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "This key was used for something else in the last 24 hours. Send a new one.",
                        null)));
        });
    }

    @SuppressWarnings("unchecked") // It was written by the same mutation.
    private Mono<Payload<T>> again(String outcome) {
        return outcomes.read(outcome, mutation::recall).map(payload -> (Payload<T>) payload);
    }
}
