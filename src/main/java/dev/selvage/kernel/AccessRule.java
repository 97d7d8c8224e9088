package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import graphql.schema.GraphQLFieldDefinition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema's {@code @auth} on one field. Which records exist for a viewer is row security's part; this one answers what
 * row security cannot: whether a list may be asked for, and whether a visible record shows a field.
 */
public final class AccessRule {
    private enum Access {
        PUBLIC,
        USER,
        OWNER,
        ADMIN
    }

    private final Access access;
    private final @Nullable Scope scope;

    /** Whether the field looks a record up; then {@code OWNER} is decided by what the viewer's rows are. */
    private final boolean root;

    private AccessRule(Access access, @Nullable Scope scope, boolean root) {
        this.access = access;
        this.scope = scope;
        this.root = root;
    }

    /**
     * The rule of a field; null if it is for everybody.
     *
     * @param parent the type that the field is of
     */
    public static @Nullable AccessRule of(GraphQLFieldDefinition field, String parent) {
        var auth = field.getAppliedDirective("auth");
        if (auth == null) {
            return null;
        }
        String requires = Objects.requireNonNull(auth.getArgument("requires")).getValue();
        String scope = Objects.requireNonNull(auth.getArgument("scope")).getValue();
        return new AccessRule(
                Access.valueOf(Objects.requireNonNull(requires)),
                scope == null ? null : Scope.of(scope),
                parent.equals("Query") || parent.equals("Mutation"));
    }

    /** Whether this viewer calls a mutation in vain, because it changes what belongs to somebody, and nothing belongs to them. */
    public boolean isInVain(Viewer viewer) {
        return access == Access.OWNER
                && switch (viewer.role()) {
                    case ADMIN, SYSTEM, USER -> false;
                    case INTEGRATOR -> scope == null || !viewer.scopes().contains(scope);
                    case ANONYMOUS -> true;
                };
    }

    /** Whether this viewer may change only what is theirs. */
    boolean isForOwnRecords(Viewer viewer) {
        return access == Access.OWNER && viewer.role() == Role.USER;
    }

    /** Why this viewer does not see the field of this record; null if they do. */
    public @Nullable Refusal refusal(Viewer viewer, @Nullable Object record) {
        return switch (viewer.role()) {
            case ADMIN, SYSTEM -> null;
            case INTEGRATOR -> integrator(viewer);
            case USER -> user(viewer, record);
            case ANONYMOUS -> anonymous();
        };
    }

    private @Nullable Refusal integrator(Viewer viewer) {
        if (access == Access.PUBLIC
                || (access == Access.OWNER && root)
                || (scope != null && viewer.scopes().contains(scope))) {
            return null;
        }
        return forbidden(
                scope == null
                        ? "This is not for integrators."
                        : "This needs a token with the scope " + scope.word() + ".");
    }

    private @Nullable Refusal user(Viewer viewer, @Nullable Object record) {
        return switch (access) {
            case PUBLIC, USER -> null;
            case OWNER ->
                root || (record instanceof Owned owned && Objects.equals(owned.userId(), viewer.userId()))
                        ? null
                        : forbidden("This belongs to somebody else.");
            case ADMIN -> forbidden("This is for administrators.");
        };
    }

    private @Nullable Refusal anonymous() {
        return switch (access) {
            case PUBLIC -> null;
            case OWNER -> root ? null : forbidden("This belongs to somebody else.");
            case USER, ADMIN ->
                new Refusal(Code.UNAUTHENTICATED, "This needs a token. Send it as `Authorization: Bearer …`.");
        };
    }

    private static Refusal forbidden(String message) {
        return new Refusal(Code.FORBIDDEN, message);
    }
}
