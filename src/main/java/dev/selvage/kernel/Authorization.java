package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.schema.LightDataFetcher;
import graphql.schema.SchemaTraverser;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the schema's {@code @auth} on fields, from the schema itself. Which records exist for a viewer is row security's
 * part; this one answers what row security cannot: whether a list may be asked for, and whether a visible record shows a field.
 */
public final class Authorization {
    private Authorization() {}

    private enum Access {
        PUBLIC,
        USER,
        OWNER,
        ADMIN
    }

    /** @param root whether the field looks a record up; then {@code OWNER} is decided by what the viewer's rows are */
    private record Rule(Access access, @Nullable Scope scope, boolean root) {
        @Nullable
        Refusal refusal(Viewer viewer, @Nullable Object record) {
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

    private record Guarded(Rule rule, LightDataFetcher<?> fetcher) implements LightDataFetcher<Object> {
        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            return get(environment.getFieldDefinition(), environment.getSource(), () -> environment);
        }

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition field, @Nullable Object source, Supplier<DataFetchingEnvironment> environment)
                throws Exception {
            var operation = Fields.operation(environment.get());
            var refusal = rule.refusal(operation.viewer(), source);
            if (refusal != null) {
                if (operation.admitsRefusal()) {
                    throw refusal;
                }
                return null;
            }
            return fetcher.get(field, source, environment);
        }
    }

    /** The schema with every field under {@code @auth} guarded. */
    public static GraphQLSchema guard(GraphQLSchema schema) {
        var code = GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry());
        new SchemaTraverser()
                .depthFirstFullSchema(
                        new GraphQLTypeVisitorStub() {
                            @Override
                            public TraversalControl visitGraphQLFieldDefinition(
                                    GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
                                var rule = rule(field, context.getParentNode());
                                if (rule != null) {
                                    var parent = (GraphQLFieldsContainer) context.getParentNode();
                                    var at = FieldCoordinates.coordinates(parent, field);
                                    var fetcher = (LightDataFetcher<?>) code.getDataFetcher(at, field);
                                    code.dataFetcher(at, new Guarded(rule, fetcher));
                                }
                                return TraversalControl.CONTINUE;
                            }
                        },
                        schema);
        return schema.transformWithoutTypes(builder -> builder.codeRegistry(code.build()));
    }

    private static @Nullable Rule rule(GraphQLFieldDefinition field, GraphQLSchemaElement parent) {
        var auth = field.getAppliedDirective("auth");
        if (auth == null) {
            return null;
        }
        String requires = Objects.requireNonNull(auth.getArgument("requires")).getValue();
        String scope = Objects.requireNonNull(auth.getArgument("scope")).getValue();
        var parentName = ((GraphQLFieldsContainer) parent).getName();
        return new Rule(
                Access.valueOf(Objects.requireNonNull(requires)),
                scope == null ? null : Scope.of(scope),
                parentName.equals("Query") || parentName.equals("Mutation"));
    }
}
