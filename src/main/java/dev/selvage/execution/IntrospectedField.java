package dev.selvage.execution;

import dev.selvage.kernel.Resolver;
import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The fields that tell of the schema itself: graphql-java answers them, as a document of their own. */
final class IntrospectedField {
    static final Output OUTPUT = new Output.Leaf(JsonOutput::writeValue, false);

    /** What the arguments and conditions of introspection are; other variables are none of its business. */
    private static final Set<String> ITS_VARIABLES = Set.of("Boolean", "String");

    private IntrospectedField() {}

    /** What answers introspection; the document is handed to it parsed. */
    static GraphQL engine(GraphQLSchema schema) {
        return GraphQL.newGraphQL(schema)
                .preparsedDocumentProvider((input, _) -> CompletableFuture.completedFuture(Objects.requireNonNull(
                        input.getGraphQLContext().<PreparsedDocumentEntry>get(PreparsedDocumentEntry.class))))
                .build();
    }

    /**
     * Answers one such field, its arguments being the variables of the request.
     *
     * @param document the one that asks, valid already
     * @param same where it asks for this field
     */
    static Resolver resolver(GraphQL engine, Document document, OperationDefinition operation, List<Field> same) {
        var alone = operation.transform(builder -> builder.selectionSet(new SelectionSet(same))
                .directives(List.of())
                .variableDefinitions(operation.getVariableDefinitions().stream()
                        .filter(variable -> isItsOwn(variable.getType()))
                        .toList()));
        var asked = Document.newDocument().definition(alone);
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(asked::definition);
        var question = asked.build();
        var conditions = Conditions.variables(question);
        var entry = new PreparsedDocumentEntry(question);
        Resolver.OfLevel resolver = (_, variables, _) -> {
            for (var name : conditions) {
                if (variables.containsKey(name) && variables.get(name) == null) {
                    throw Conditions.isNull();
                }
            }
            var input = ExecutionInput.newExecutionInput("")
                    .graphQLContext(Map.of(PreparsedDocumentEntry.class, entry))
                    .variables(variables)
                    .build();
            var result = engine.execute(input);
            Map<String, Object> data = result.getData();
            if (data == null || !result.getErrors().isEmpty()) {
                throw failure(result.getErrors());
            }
            return _ -> data.get(same.getFirst().getResultKey());
        };
        return resolver;
    }

    private static RuntimeException failure(List<GraphQLError> errors) {
        return !errors.isEmpty()
                        && errors.getFirst() instanceof ExceptionWhileDataFetching failed
                        && failed.getException() instanceof GraphQLException
                ? Conditions.isNull()
                : new IllegalStateException("Introspection failed: " + errors);
    }

    private static boolean isItsOwn(Type<?> type) {
        return switch (type) {
            case graphql.language.NonNullType some -> isItsOwn(some.getType());
            case TypeName name -> ITS_VARIABLES.contains(name.getName());
            default -> false;
        };
    }
}
