package dev.selvage.kernel;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param userId the {@code users.id} of a signed-in user, null for everybody else
 * @param scopes what an integrator's token carries, empty for everybody else
 */
public record Viewer(Role role, @Nullable UUID userId, Set<Scope> scopes) {
    public static final Viewer ANONYMOUS = new Viewer(Role.ANONYMOUS, null, Set.of());
    public static final Viewer SYSTEM = new Viewer(Role.SYSTEM, null, Set.of());

    /** A signed-in user or administrator. */
    public static Viewer user(Role role, UUID userId) {
        return new Viewer(role, userId, Set.of());
    }

    /** A third party's client. */
    public static Viewer integrator(Set<Scope> scopes) {
        return new Viewer(Role.INTEGRATOR, null, Set.copyOf(scopes));
    }

    /** Whether this viewer reads everybody's records behind the scope, as an administrator or by carrying it. */
    public boolean readsAll(Scope scope) {
        return role == Role.ADMIN || (role == Role.INTEGRATOR && scopes.contains(scope));
    }

    /** The scopes as the database's policies read them. */
    String scopeWords() {
        return scopes.isEmpty() ? "" : scopes.stream().map(Scope::word).sorted().collect(Collectors.joining(" "));
    }
}
