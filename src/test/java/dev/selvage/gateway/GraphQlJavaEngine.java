package dev.selvage.gateway;

import dev.selvage.execution.Answer.FieldError;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.gateway.GeneratedWorld.Asker;
import dev.selvage.kernel.AccessRule;
import dev.selvage.kernel.Budget;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Resolver;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.Gateway;
import graphql.AssertException;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.OneOfNullValueException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** graphql-java with the gateway's schema, resolvers and access rules: it executes field by field, one record at a time. */
final class GraphQlJavaEngine {
    /** Statements that one operation sends before the next goes on: it takes 200 messages, three for some statements. */
    private static final int MOST_STATEMENTS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Object ROOT = new Object();

    private final Operations operations;
    private final SchemaWiring wiring;
    private final Errors errors;
    private final GraphQL engine;

    GraphQlJavaEngine(Gateway gateway) {
        operations = gateway.bean(Operations.class);
        wiring = gateway.bean(SchemaWiring.class);
        errors = gateway.bean(Errors.class);
        var schema = gateway.bean(ExecutableSchema.class).schema();
        var answered = schema.transform(builder -> builder.codeRegistry(answers(schema)));
        DataFetcherExceptionHandler told = failed -> CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(errors.ofField(new FieldError(
                                isOfAValue(failed.getException())
                                        ? Refusal.badInput("This value will not do.")
                                        : failed.getException(),
                                failed.getSourceLocation(),
                                failed.getPath().toList())))
                        .build());
        engine = GraphQL.newGraphQL(answered)
                .defaultDataFetcherExceptionHandler(told)
                .build();
    }

    private GraphQLCodeRegistry answers(GraphQLSchema schema) {
        var answers = GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry());
        for (var type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLInterfaceType face) {
                answers.typeResolver(face, environment -> {
                    Object record = Objects.requireNonNull(environment.getObject());
                    return environment
                            .getSchema()
                            .getObjectType(record.getClass().getSimpleName());
                });
            } else if (type instanceof GraphQLObjectType object
                    && !object.getName().startsWith("__")) {
                for (var field : object.getFieldDefinitions()) {
                    answers.dataFetcher(
                            FieldCoordinates.coordinates(object, field),
                            answer(
                                    wiring.resolver(object.getName(), field.getName()),
                                    AccessRule.of(field, object.getName())));
                }
            }
        }
        return answers.build();
    }

    private static DataFetcher<@Nullable Object> answer(Resolver resolver, @Nullable AccessRule rule) {
        return environment -> {
            Reads reads = Objects.requireNonNull(environment.getGraphQlContext().get(Reads.class));
            var record = Objects.requireNonNullElse((@Nullable Object) environment.getSource(), ROOT);
            var refusal = rule == null ? null : rule.refusal(reads.viewer, record);
            if (refusal != null) {
                throw refusal;
            }
            return switch (resolver) {
                case Resolver.OfRecord known -> known.of(record);
                case Resolver.OfChange _ -> throw new IllegalStateException("Only queries are compared");
                case Resolver.OfLevel level -> reads.ask(level, record, environment.getArguments());
            };
        };
    }

    /** What one answer reads, in as many operations as it takes. They last until it is whole. */
    private final class Reads implements AutoCloseable {
        private final Viewer viewer;
        private final List<Operation> begun = new ArrayList<>();
        private final Map<List<Object>, Optional<Object>> known = new HashMap<>();
        private int asked;

        Reads(Viewer viewer) {
            this.viewer = viewer;
        }

        /** The same record stands in an answer more than once. */
        @Nullable
        Object ask(Resolver.OfLevel resolver, Object record, Map<String, Object> arguments) {
            var key = List.of(resolver, record, arguments);
            var earlier = known.get(key);
            if (earlier != null) {
                return earlier.orElse(null);
            }
            if (asked++ % MOST_STATEMENTS == 0) {
                begun.add(operations.begin(viewer, Budget.NONE));
            }
            var round = begun.getLast().round();
            var values = resolver.ask(List.of(record), arguments, round);
            Mono.<Void>create(waiting -> round.run(false, failure -> {
                        if (failure == null) {
                            waiting.success();
                        } else {
                            waiting.error(failure);
                        }
                    }))
                    .block(PATIENCE);
            var value = values.of(0);
            known.put(key, Optional.ofNullable(value));
            return value;
        }

        @Override
        public void close() {
            begun.forEach(Operation::end);
        }
    }

    /** What is answered, in the form of the wire. */
    JsonNode answer(Asker asker, String text, @Nullable String operationName, Map<String, ?> variables) {
        try (var reads = new Reads(viewer(asker.user(), asker.administrator(), asker.scopes()))) {
            var input = ExecutionInput.newExecutionInput(text)
                    .operationName(operationName)
                    .variables(new LinkedHashMap<>(variables))
                    .graphQLContext(Map.of(Reads.class, reads))
                    .build();
            return json(told(input));
        }
    }

    private Map<String, @Nullable Object> told(ExecutionInput input) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        try {
            var result = engine.execute(input);
            if (!result.getErrors().isEmpty()) {
                told.put("errors", told(result));
            }
            if (result.isDataPresent()) {
                told.put("data", result.getData());
            }
        } catch (AssertException ofAValue) {
            told.put(
                    "errors",
                    List.of(errors.ofRequest(Refusal.badInput("This value will not do."))
                            .toSpecification()));
        } catch (RuntimeException refused) {
            told.put("errors", List.of(errors.ofRequest(refused).toSpecification()));
        }
        return told;
    }

    private List<Map<String, Object>> told(ExecutionResult result) {
        return result.getErrors().stream()
                .map(error -> result.isDataPresent() ? ofField(error) : ofRequest(error))
                .map(GraphQLError::toSpecification)
                .toList();
    }

    private GraphQLError ofRequest(GraphQLError error) {
        return isOfAValue(error)
                ? errors.ofRequest(Refusal.badInput("This value will not do."))
                : errors.ofDocument(error);
    }

    /** The gateway looks for the place of what is wrong, and says that instead. */
    private static boolean isOfAValue(Object error) {
        return error instanceof NonNullableValueCoercedAsNullException
                || error instanceof OneOfNullValueException
                || error instanceof CoercingParseValueException
                || error instanceof AssertException;
    }

    /** A null where none may be, and a value that cannot be written, are errors of the engine's own. */
    private GraphQLError ofField(GraphQLError error) {
        return error instanceof WireError
                ? error
                : errors.ofField(new FieldError(
                        new IllegalStateException(error.getMessage()),
                        error.getLocations() == null
                                ? null
                                : error.getLocations().getFirst(),
                        Objects.requireNonNull(error.getPath())));
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsBytes(value));
    }

    private static Viewer viewer(@Nullable UUID user, boolean administrator, Set<Scope> scopes) {
        if (user != null) {
            return Viewer.user(administrator ? Role.ADMIN : Role.USER, user);
        }
        return scopes.isEmpty()
                ? Viewer.ANONYMOUS
                : Viewer.integrator(Scope.of(scopes.stream().map(Scope::word).collect(Collectors.toSet())));
    }
}
