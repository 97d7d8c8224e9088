package dev.selvage;

import dev.selvage.kernel.Scope;
import graphql.schema.GraphQLDirectiveContainer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom {@code @auth} lets to a type, a field or an input. */
record RequiredAccess(Level level, @Nullable String scope) {
    /** The schema's {@code Access}: each lets fewer people in than the one before. */
    enum Level {
        PUBLIC,
        USER,
        OWNER,
        ADMIN
    }

    static RequiredAccess of(GraphQLDirectiveContainer element) {
        var auth = element.getAppliedDirective("auth");
        if (auth == null) {
            return new RequiredAccess(Level.PUBLIC, null);
        }
        String requires = Objects.requireNonNull(auth.getArgument("requires")).getValue();
        String scope = Objects.requireNonNull(auth.getArgument("scope")).getValue();
        return new RequiredAccess(Level.valueOf(Objects.requireNonNull(requires)), scope);
    }

    /** Whether there are callers whom the other one lets in, and this one does not. */
    boolean refusesAnyOf(RequiredAccess other) {
        return level.compareTo(other.level) > 0 || (level != Level.PUBLIC && refusesIntegratorsOf(other));
    }

    private boolean refusesIntegratorsOf(RequiredAccess other) {
        // A write scope brings the read scope of the same name.
        return other.scope != null
                && !other.scope.equals(scope)
                && Scope.of(List.of(other.scope)).stream().map(Scope::word).noneMatch(word -> word.equals(scope));
    }

    @Override
    public String toString() {
        return scope == null ? level.name() : "%s or %s".formatted(level, scope);
    }
}
