package dev.selvage.kernel;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The schema's scalars. Values that would be costly to hold or compare are refused where they are read. */
final class Scalars {
    private static final int MAX_DIGITS = 30;
    private static final int MAX_TEXT = 2048;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,255}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{1,14}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern DATE_ONLY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    /** RFC 3339, to the microsecond, as PostgreSQL keeps it; written in UTC. */
    private static final GraphQLScalarType DATE_TIME_TYPE = scalar(
            "DateTime",
            "an instant with its offset, for example \"2026-11-22T09:30:00Z\"",
            Scalars::instant,
            Object::toString);

    private static final GraphQLScalarType DATE =
            scalar("Date", "a calendar day, for example \"2026-11-22\"", Scalars::date, Object::toString);

    private static final GraphQLScalarType DECIMAL = scalar(
            "Decimal",
            "a decimal number of at most " + MAX_DIGITS + " digits, for example \"12.50\"",
            Scalars::decimal,
            value -> ((BigDecimal) value).toPlainString());

    private static final GraphQLScalarType URL =
            scalar("URL", "an absolute http or https address", Scalars::url, Object::toString);

    private static final GraphQLScalarType EMAIL_ADDRESS =
            scalar("EmailAddress", "an e-mail address", value -> matching(EMAIL, value), Object::toString);

    private static final GraphQLScalarType PHONE_NUMBER = scalar(
            "PhoneNumber",
            "a telephone number in E.164 form, for example \"+14155550132\"",
            value -> matching(PHONE, value),
            Object::toString);

    private static final GraphQLScalarType CURRENCY_CODE = scalar(
            "CurrencyCode",
            "an ISO 4217 currency code, for example \"USD\"",
            value -> matching(CURRENCY, value),
            Object::toString);

    private static final GraphQLScalarType COUNTRY_CODE = scalar(
            "CountryCode",
            "an ISO 3166-1 alpha-2 country code, for example \"US\"",
            value -> matching(COUNTRY, value),
            Object::toString);

    static final List<GraphQLScalarType> ALL = List.of(
            DATE_TIME_TYPE,
            DATE,
            DECIMAL,
            URL,
            EMAIL_ADDRESS,
            PHONE_NUMBER,
            CURRENCY_CODE,
            COUNTRY_CODE,
            describedByTheSchema(ExtendedScalars.Json, "JSON"),
            describedByTheSchema(ExtendedScalars.NonNegativeInt),
            describedByTheSchema(ExtendedScalars.PositiveInt));

    private Scalars() {}

    /** A description of its own would stand before that of the schema file. */
    private static GraphQLScalarType describedByTheSchema(GraphQLScalarType scalar) {
        return describedByTheSchema(scalar, scalar.getName());
    }

    private static GraphQLScalarType describedByTheSchema(GraphQLScalarType scalar, String name) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(scalar.getCoercing())
                .build();
    }

    private static @Nullable Object instant(Object value) {
        if (!(value instanceof String text) || !DATE_TIME.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static @Nullable Object date(Object value) {
        if (!(value instanceof String text) || !DATE_ONLY.matcher(text).matches()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static @Nullable Object decimal(Object value) {
        try {
            var number = switch (value) {
                // Its digits may be those of any script for Java.
                case String text
                when text.length() <= 2 * MAX_DIGITS && text.chars().allMatch(c -> c < 128) ->
                    new BigDecimal(text.strip());
                case BigDecimal decimal -> decimal;
                case BigInteger whole -> new BigDecimal(whole);
                case Integer whole -> BigDecimal.valueOf(whole);
                case Long whole -> BigDecimal.valueOf(whole);
                case Double real when Double.isFinite(real) -> BigDecimal.valueOf(real);
                default -> null;
            };
            // An exponent is one character to send and a gigabyte to write out.
            return number == null
                            || number.scale() > MAX_DIGITS
                            || (long) number.precision() - number.scale() > MAX_DIGITS
                    ? null
                    : number;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Object url(Object value) {
        try {
            if (value instanceof String text && text.length() <= MAX_TEXT) {
                var uri = new URI(text);
                var scheme = uri.getScheme();
                if (uri.getHost() != null && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
                    return text;
                }
            }
            return null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    private static @Nullable Object matching(Pattern pattern, Object value) {
        return value instanceof String text && pattern.matcher(text.strip()).matches() ? text.strip() : null;
    }

    /** @param read null for what is not such a value */
    private static GraphQLScalarType scalar(
            String name, String what, Function<Object, @Nullable Object> read, Function<Object, String> write) {
        var message = "This is not " + what + ".";
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new Coercing<Object, String>() {
                    @Override
                    public String serialize(Object value, GraphQLContext context, Locale locale) {
                        return write.apply(value);
                    }

                    @Override
                    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
                        var value = read.apply(input);
                        if (value == null) {
                            throw new CoercingParseValueException(message);
                        }
                        return value;
                    }

                    @Override
                    public Object parseLiteral(
                            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
                        var literal = switch (input) {
                            case StringValue text -> text.getValue();
                            case IntValue whole -> whole.getValue();
                            case FloatValue real -> real.getValue();
                            default -> null;
                        };
                        var value = literal == null ? null : read.apply(literal);
                        if (value == null) {
                            throw new CoercingParseLiteralException(message);
                        }
                        return value;
                    }

                    @Override
                    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
                        return StringValue.of(input instanceof String text ? text : write.apply(input));
                    }
                })
                .build();
    }
}
