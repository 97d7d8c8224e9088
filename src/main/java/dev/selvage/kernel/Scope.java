package dev.selvage.kernel;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an integrator's token may name. A token's other words mean nothing here. */
public enum Scope {
    READ_CONSIGNORS,
    READ_INVENTORY,
    WRITE_INVENTORY,
    READ_ORDERS,
    WRITE_ORDERS,
    WRITE_FABRICS,
    READ_CALENDAR,
    WRITE_CALENDAR,
    READ_ANALYTICS,
    WRITE_ANALYTICS,
    READ_CHANGES,
    WRITE_DOCUMENTS;

    private static final Map<String, Scope> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Scope::word, Function.identity()));

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', ':');

    /** As tokens and the schema write it, for example {@code read:inventory}. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if there is no such scope */
    static Scope of(String word) {
        var scope = BY_WORD.get(word);
        if (scope == null) {
            throw new IllegalArgumentException("No scope " + word);
        }
        return scope;
    }

    /** The known ones of these words; a write scope brings the read scope of the same name. */
    public static Set<Scope> of(Iterable<String> words) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (var word : words) {
            var scope = BY_WORD.get(word);
            if (scope != null) {
                scopes.add(scope);
                var implied = BY_WORD.get(word.replaceFirst("^write:", "read:"));
                if (implied != null) {
                    scopes.add(implied);
                }
            }
        }
        return scopes;
    }
}
