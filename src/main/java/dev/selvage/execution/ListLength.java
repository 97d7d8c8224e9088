package dev.selvage.execution;

import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many elements a list has at most.
 *
 * @param slices the arguments that may say so; the one that is given does
 * @param assumed where none of them is given
 * @param most that the gateway answers, whatever was asked for
 */
record ListLength(List<Slice> slices, int assumed, int most) {
    /** An argument that was not given, or as null. */
    private static final int NONE = -1;

    /**
     * What one argument says: as the document writes it, or as a variable does.
     *
     * @param written its number, or how many elements it has; of a variable what it is where the variable is missing
     */
    private record Slice(@Nullable String variable, int written) {
        int with(CoercedVariables variables) {
            if (variable == null || !variables.containsKey(variable)) {
                return written;
            }
            return switch (variables.get(variable)) {
                case Number number -> Math.max(0, number.intValue());
                case List<?> list -> list.size();
                case null, default -> NONE;
            };
        }
    }

    static ListLength of(int fixed) {
        return new ListLength(List.of(), fixed, fixed);
    }

    /** @param written the arguments of the field in the document */
    static ListLength of(ListSize size, List<Argument> written) {
        var slices = new ArrayList<Slice>();
        size.slicing().forEach((name, otherwise) -> {
            var argument = written.stream()
                    .filter(one -> one.getName().equals(name))
                    .findFirst()
                    .map(Argument::getValue)
                    .orElse(null);
            slices.add(slice(argument, otherwise == null ? NONE : otherwise));
        });
        return new ListLength(List.copyOf(slices), size.assumed(), size.most());
    }

    private static Slice slice(@Nullable Value<?> value, int otherwise) {
        return switch (value) {
            case null -> new Slice(null, otherwise);
            case VariableReference variable -> new Slice(variable.getName(), otherwise);
            case NullValue _ -> new Slice(null, NONE);
            case IntValue number -> new Slice(null, limited(number));
            case ArrayValue array -> new Slice(null, array.getValues().size());
            default -> new Slice(null, 1);
        };
    }

    private static int limited(IntValue number) {
        var value = number.getValue();
        return value.signum() < 0 ? 0 : value.bitLength() > 31 ? Integer.MAX_VALUE : value.intValue();
    }

    /** Whether it is the same for all requests. */
    boolean isFixed() {
        return slices.stream().allMatch(slice -> slice.variable() == null);
    }

    /** Of a request with these variables. Whoever asks for more than {@link #most} is refused and gets nothing. */
    int with(CoercedVariables variables) {
        int length = NONE;
        for (var slice : slices) {
            length = Math.max(length, slice.with(variables));
        }
        return Math.min(length == NONE ? assumed : length, most);
    }

    /** With any variables. */
    int longest() {
        return isFixed() ? with(CoercedVariables.emptyVariables()) : most;
    }
}
