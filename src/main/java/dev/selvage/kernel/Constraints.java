package dev.selvage.kernel;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tables' constraints are to a caller: by the constraint's name a code, a sentence and the place in the input. A
 * test walks the catalogue for names that are missing here.
 */
public final class Constraints {
    private final Map<String, UserError> meanings = new HashMap<>();

    /** The constraint of this name refuses what stands at this path of the input. */
    public Constraints add(String constraint, ErrorCode code, String sentence, String... path) {
        return add(constraint, new InputError(code, sentence, List.of(path)));
    }

    /** What the constraint of this name refuses is refused with this error. */
    public Constraints add(String constraint, UserError meaning) {
        if (meanings.putIfAbsent(constraint, meaning) != null) {
            throw new IllegalStateException(constraint + " has a meaning already");
        }
        return this;
    }

    /**
     * Constraints behind what the mutations look at themselves: no input is known that they would refuse. Should there be one,
     * its caller is told, and not that the gateway has failed.
     *
     * @param argument of the mutations that write these
     */
    public Constraints backstops(String argument, String... constraints) {
        for (var constraint : constraints) {
            add(constraint, ErrorCode.INVALID, "This would leave something that cannot be. Read it anew.", argument);
        }
        return this;
    }

    /** What this constraint's refusal is to a caller; null if nobody has thought of it. */
    @Nullable
    UserError error(String constraint) {
        return meanings.get(constraint);
    }

    /** All that have a meaning. */
    Set<String> names() {
        return Set.copyOf(meanings.keySet());
    }
}
