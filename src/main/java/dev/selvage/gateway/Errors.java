package dev.selvage.gateway;

import dev.selvage.execution.Answer.FieldError;
import dev.selvage.execution.LimitExceeded;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import graphql.GraphQLError;
import graphql.InvalidSyntaxError;
import graphql.execution.MissingRootTypeException;
import graphql.execution.UnknownOperationException;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.language.SourceLocation;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns every error into the wire contract's form. What is not meant for callers stays in the log. */
@Component
class Errors {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    /** Characters of a message; it repeats names that the caller made up. */
    private static final int LONGEST = 500;

    /** Where graphql-java shows a value as its classes print it. */
    private static final Pattern PRINTED_VALUE =
            Pattern.compile(" with value '\\w+\\{.*}'|(?<=default value) '\\w+\\{.*}'");

    private static final String INTERNAL = "Something went wrong here. Try again; if it stays, report it.";

    private final LimitCounters limits;

    Errors(LimitCounters limits) {
        this.limits = limits;
    }

    /** Why one field is null. */
    WireError ofField(FieldError field) {
        var why = field.why();
        var locations = field.location() == null ? null : List.of(field.location());
        if (why instanceof Refusal refusal) {
            return of(refusal, locations, field.path());
        }
        log.error("A field failed at {}", field.path(), why);
        return new WireError(Code.INTERNAL_SERVER_ERROR, INTERNAL, locations, field.path());
    }

    /** Why a request is refused as a whole. */
    WireError ofRequest(Throwable why) {
        return switch (why) {
            case Refusal refusal -> {
                if (refusal.getCause() != null) {
                    log.warn("A request ends with {}", refusal.code(), refusal.getCause());
                }
                yield of(refusal, null, null);
            }
            case GraphQLError error -> ofDocument(error);
            default -> {
                log.error("A request failed", why);
                yield new WireError(Code.INTERNAL_SERVER_ERROR, INTERNAL, null, null);
            }
        };
    }

    /** What is wrong with a document, or with the values of its variables. */
    WireError ofDocument(GraphQLError error) {
        return switch (error) {
            case LimitExceeded exceeded -> {
                limits.count(exceeded.limit());
                yield of(Code.LIMIT_EXCEEDED, exceeded);
            }
            case BadFaithIntrospectionError _ -> {
                limits.countIntrospection();
                yield new WireError(
                        Code.LIMIT_EXCEEDED,
                        "This asks for more of the schema than anybody needs at once. Ask for each thing once.",
                        null,
                        null);
            }
            case InvalidSyntaxError syntax -> of(Code.GRAPHQL_PARSE_FAILED, syntax);
            case ValidationError invalid -> of(Code.GRAPHQL_VALIDATION_FAILED, invalid);
            case UnknownOperationException unknown -> of(Code.OPERATION_RESOLUTION_FAILURE, unknown);
            case MissingRootTypeException missing -> of(Code.OPERATION_RESOLUTION_FAILURE, missing);
            default -> {
                log.error("An error of the engine: {}", error);
                yield new WireError(Code.INTERNAL_SERVER_ERROR, INTERNAL, error.getLocations(), error.getPath());
            }
        };
    }

    private static WireError of(Code code, GraphQLError error) {
        return new WireError(code, sentence(error.getMessage()), error.getLocations(), error.getPath());
    }

    private static String sentence(String message) {
        var plain = PRINTED_VALUE.matcher(message).replaceAll("");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    private WireError of(Refusal refusal, @Nullable List<SourceLocation> locations, @Nullable List<Object> path) {
        switch (refusal.code()) {
            case LIMIT_EXCEEDED -> limits.countOperation();
            case COST_LIMIT_EXCEEDED -> limits.countCost();
            default -> {
                // Nothing was too large.
            }
        }
        var argument = refusal.argumentPath();
        var sentence = argument == null ? refusal.sentence() : "`" + place(argument) + "`: " + refusal.sentence();
        return new WireError(refusal.code(), sentence, locations, path, argument);
    }

    /** Such as {@code inputs[3].date}. */
    private static String place(List<String> path) {
        var place = new StringBuilder();
        for (var step : path) {
            if (Character.isDigit(step.charAt(0))) {
                place.append('[').append(step).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step);
            }
        }
        return place.toString();
    }
}
