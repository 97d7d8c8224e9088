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
    /** A constraint's meaning. */
    private record Meaning(ErrorCode code, String sentence, List<String> path) {}

    private final Map<String, Meaning> meanings = new HashMap<>();

    /** The constraint of this name refuses what stands at this path of the input. */
    public Constraints add(String constraint, ErrorCode code, String sentence, String... path) {
        if (meanings.putIfAbsent(constraint, new Meaning(code, sentence, List.of(path))) != null) {
            throw new IllegalStateException(constraint + " has a meaning already");
        }
        return this;
    }

    /** What this constraint's refusal is to a caller; null if nobody has thought of it. */
    @Nullable
    UserError error(String constraint) {
        var meaning = meanings.get(constraint);
        return meaning == null ? null : new InputError(meaning.code(), meaning.sentence(), meaning.path());
    }

    /** All that have a meaning. */
    Set<String> names() {
        return Set.copyOf(meanings.keySet());
    }
}
