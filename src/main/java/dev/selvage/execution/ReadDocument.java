package dev.selvage.execution;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.InvalidSyntaxError;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A text as it was read.
 *
 * @param document empty if it is no document, or one that is too large
 * @param errors why it cannot be executed; empty if it can
 */
record ReadDocument(Document document, List<? extends GraphQLError> errors) {
    /** Reading a number takes time in the square of its length: seconds, for what fits into a request. */
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{64}");

    /** How deep the parser's rules may stand within each other, about three for each selection: for its stack alone. */
    private static final int MOST_RULES = 500;

    static ReadDocument of(GraphQLSchema schema, String text, DocumentLimits limits) {
        if (text.length() > limits.characters()) {
            return refused(new LimitExceeded(DocumentLimit.CHARACTERS, limits.characters(), text.length(), null));
        }
        if (LONG_NUMBER.matcher(text).find()) {
            return refused(new InvalidSyntaxError(
                    List.of(), "No number here has so many digits. Send long text as a variable."));
        }
        var parsed = ParseAndValidate.parse(ExecutionInput.newExecutionInput(text)
                .graphQLContext(Map.of(ParserOptions.class, options(text, limits)))
                .build());
        var document = parsed.getDocument();
        if (document == null) {
            return refused(unread(Objects.requireNonNull(parsed.getSyntaxException()), limits));
        }
        var exceeded = DocumentSize.exceeded(document, limits);
        return exceeded == null ? validated(schema, document) : refused(exceeded);
    }

    private static ReadDocument validated(GraphQLSchema schema, Document document) {
        try {
            return new ReadDocument(document, ParseAndValidate.validate(schema, document, Locale.ROOT));
        } catch (GoodFaithIntrospectionExceeded exceeded) {
            return refused(exceeded.toBadFaithError());
        }
    }

    /** The parser counts the end of the text as well. */
    private static ParserOptions options(String text, DocumentLimits limits) {
        return ParserOptions.getDefaultOperationParserOptions()
                .transform(options -> options.maxCharacters(text.length())
                        .maxTokens(Counting.sum(limits.tokens(), 1))
                        .maxWhitespaceTokens(text.length())
                        .maxRuleDepth(MOST_RULES));
    }

    private static GraphQLError unread(InvalidSyntaxException why, DocumentLimits limits) {
        return switch (why) {
            case ParseCancelledException _ ->
                new LimitExceeded(DocumentLimit.TOKENS, limits.tokens(), limits.tokens() + 1, why.getLocation());
            case ParseCancelledTooDeepException _ ->
                new LimitExceeded(DocumentLimit.NESTING, limits.nesting(), limits.nesting() + 1, why.getLocation());
            default -> why.toInvalidSyntaxError();
        };
    }

    private static ReadDocument refused(GraphQLError why) {
        return new ReadDocument(Document.newDocument().build(), List.of(why));
    }
}
