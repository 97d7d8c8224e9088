package dev.selvage.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a mutation answers.
 *
 * @param record as it is after the change; null if nothing was changed
 * @param userErrors why nothing was changed; empty if it was
 */
public record Payload<T>(@Nullable T record, List<UserError> userErrors) {
    /** Done. */
    public static <T> Payload<T> of(T record) {
        return new Payload<>(record, List.of());
    }

    /** Not done. */
    public static <T> Payload<T> refused(UserError... why) {
        return refused(List.of(why));
    }

    /** Not done. */
    public static <T> Payload<T> refused(List<? extends UserError> why) {
        if (why.isEmpty()) {
            throw new IllegalArgumentException("A refusal has a reason");
        }
        return new Payload<>(null, List.copyOf(why));
    }

    /** The same, with what is answered of the record in its place. */
    public <R> Payload<R> map(Function<? super T, ? extends R> part) {
        return new Payload<>(record == null ? null : part.apply(record), userErrors);
    }

    boolean isRefused() {
        return !userErrors.isEmpty();
    }
}
