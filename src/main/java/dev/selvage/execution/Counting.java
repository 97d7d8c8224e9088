package dev.selvage.execution;

/** Sums and products of whole numbers above zero that stay at the largest {@code int} once they reach it. */
final class Counting {
    private Counting() {}

    static int sum(int one, int other) {
        return limited((long) one + other);
    }

    static int product(int one, int other) {
        return limited((long) one * other);
    }

    private static int limited(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
