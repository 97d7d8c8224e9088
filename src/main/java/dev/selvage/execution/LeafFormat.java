package dev.selvage.execution;

import graphql.GraphQLContext;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** How values of one scalar or enum are written. */
@FunctionalInterface
interface LeafFormat {
    /** @throws RuntimeException if the value is none of this type's */
    void write(JsonOutput out, Object value);

    /** That of a scalar or enum of the schema. */
    static LeafFormat of(GraphQLOutputType type) {
        if (type instanceof GraphQLEnumType) {
            return (out, value) -> out.writeString(((Enum<?>) value).name());
        }
        var scalar = (GraphQLScalarType) type;
        var coercing = scalar.getCoercing();
        var context = GraphQLContext.getDefault();
        LeafFormat asTheScalarSays = (out, value) -> out.writeValue(coercing.serialize(value, context, Locale.ROOT));
        return switch (scalar.getName()) {
            case "String", "ID" -> (out, value) -> out.writeString(value.toString());
            case "Boolean" -> (out, value) -> out.writeBoolean((Boolean) value);
            case "Int" ->
                (out, value) -> {
                    if (value instanceof Integer whole) {
                        out.writeInt(whole);
                    } else {
                        asTheScalarSays.write(out, value);
                    }
                };
            case "DateTime" -> (out, value) -> writeInstant(out, (Instant) value, asTheScalarSays);
            default -> asTheScalarSays;
        };
    }

    /** RFC 3339 in UTC, with as many groups of three decimals as it takes: what {@link Instant#toString} says. */
    private static void writeInstant(JsonOutput out, Instant instant, LeafFormat otherwise) {
        var time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        int nanos = time.getNano();
        if (time.getYear() < 0 || time.getYear() > 9999 || nanos % 1_000 != 0) {
            otherwise.write(out, instant);
            return;
        }
        out.raw('"').writePadded(time.getYear(), 4);
        out.raw('-').writePadded(time.getMonthValue(), 2);
        out.raw('-').writePadded(time.getDayOfMonth(), 2);
        out.raw('T').writePadded(time.getHour(), 2);
        out.raw(':').writePadded(time.getMinute(), 2);
        out.raw(':').writePadded(time.getSecond(), 2);
        if (nanos % 1_000_000 != 0) {
            out.raw('.').writePadded(nanos / 1_000, 6);
        } else if (nanos != 0) {
            out.raw('.').writePadded(nanos / 1_000_000, 3);
        }
        out.raw('Z').raw('"');
    }
}
