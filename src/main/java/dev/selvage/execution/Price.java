package dev.selvage.execution;

import graphql.execution.CoercedVariables;
import java.util.ArrayList;
import java.util.List;

/** What a part of an operation costs at most, in units of {@code @cost}; never more than the largest {@code int}. */
sealed interface Price {
    Price NOTHING = new Constant(0);

    /** With the variables of a request. */
    int with(CoercedVariables variables);

    /** With any variables that are accepted. */
    int most();

    static Price of(int units) {
        return units == 0 ? NOTHING : new Constant(units);
    }

    static Price sum(List<Price> parts) {
        int constant = 0;
        var others = new ArrayList<Price>();
        for (var part : parts) {
            if (part instanceof Constant(int units)) {
                constant = Counting.sum(constant, units);
            } else {
                others.add(part);
            }
        }
        return others.isEmpty() ? of(constant) : new Sum(constant, List.copyOf(others));
    }

    /** The price of a list, from that of one of its elements. */
    static Price times(ListLength length, Price each) {
        if (each.equals(NOTHING)) {
            return NOTHING;
        }
        return length.isFixed() && each instanceof Constant(int units)
                ? of(Counting.product(length.longest(), units))
                : new Product(length, each);
    }

    /** The highest of some prices, of which one will be to pay. */
    static Price dearest(List<Price> choices) {
        var distinct = choices.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : new Dearest(distinct);
    }

    record Constant(int units) implements Price {
        @Override
        public int with(CoercedVariables variables) {
            return units;
        }

        @Override
        public int most() {
            return units;
        }
    }

    record Sum(int constant, List<Price> others) implements Price {
        @Override
        public int with(CoercedVariables variables) {
            int sum = constant;
            for (var other : others) {
                sum = Counting.sum(sum, other.with(variables));
            }
            return sum;
        }

        @Override
        public int most() {
            int sum = constant;
            for (var other : others) {
                sum = Counting.sum(sum, other.most());
            }
            return sum;
        }
    }

    record Product(ListLength length, Price each) implements Price {
        @Override
        public int with(CoercedVariables variables) {
            return Counting.product(length.with(variables), each.with(variables));
        }

        @Override
        public int most() {
            return Counting.product(length.longest(), each.most());
        }
    }

    record Dearest(List<Price> choices) implements Price {
        @Override
        public int with(CoercedVariables variables) {
            int most = 0;
            for (var choice : choices) {
                most = Math.max(most, choice.with(variables));
            }
            return most;
        }

        @Override
        public int most() {
            int most = 0;
            for (var choice : choices) {
                most = Math.max(most, choice.most());
            }
            return most;
        }
    }
}
