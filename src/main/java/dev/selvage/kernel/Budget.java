package dev.selvage.kernel;

/**
 * What a caller may still spend, in points of cost: a leaky bucket, refilled evenly.
 *
 * @param limit what is in it when it is full
 * @param remaining what is in it now
 * @param restoredPerSecond what comes back
 */
public record Budget(int limit, int remaining, int restoredPerSecond) {
    /** Of whoever is not charged: the gateway itself. */
    public static final Budget NONE = new Budget(0, 0, 0);
}
