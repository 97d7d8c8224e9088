package dev.selvage.local;

import dev.selvage.kernel.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** A request's parameters. As RFC 6749 has it, an empty one counts as left out and none may come twice. */
record Parameters(MultiValueMap<String, String> values) {
    private static final List<String> SCOPES =
            Arrays.stream(Scope.values()).map(Scope::word).toList();

    @Nullable
    String find(String name) {
        var given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new TokenRefused("Give " + name + " once.");
        }
        return given.isEmpty() || given.getFirst().isEmpty() ? null : given.getFirst();
    }

    /** @param meaning what the pattern says, in words */
    @Nullable
    String find(String name, Pattern pattern, String meaning) {
        var value = find(name);
        if (value != null && !pattern.matcher(value).matches()) {
            throw new TokenRefused("%s is to be %s.".formatted(name, meaning));
        }
        return value;
    }

    /** The scopes asked for, each once. */
    String scope() {
        var given = find("scope");
        var asked = given == null ? List.<String>of() : List.of(given.strip().split(" +"));
        if (asked.isEmpty() || !SCOPES.containsAll(asked)) {
            throw new TokenRefused("invalid_scope", "scope is to be one or more of " + String.join(" ", SCOPES) + ".");
        }
        return asked.stream().distinct().collect(Collectors.joining(" "));
    }

    /** Refuses what would be overlooked otherwise: most likely it is misspelt. */
    void allow(String... names) {
        if (!List.of(names).containsAll(values.keySet())) {
            throw new TokenRefused("Only these go together: " + String.join(", ", names) + ".");
        }
    }
}
