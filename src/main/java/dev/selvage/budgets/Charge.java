package dev.selvage.budgets;

import dev.selvage.budgets.BudgetStore.Account;
import dev.selvage.budgets.BudgetStore.Taken;
import dev.selvage.kernel.Budget;
import java.time.Duration;

/** What one request was charged, ahead of what it does. */
public final class Charge {
    private final Account account;
    private final BudgetSettings.Size size;
    private final int points;
    private final Taken taken;

    Charge(Account account, BudgetSettings.Size size, int points, Taken taken) {
        this.account = account;
        this.size = size;
        this.points = points;
        this.taken = taken;
    }

    /** Whether there is too little left for it; then nothing was taken. */
    public boolean isRefused() {
        return !taken.isEnough();
    }

    /** In how many seconds there will be enough, at least one. */
    public long secondsToWait() {
        return Math.max(1, Duration.ofNanos(taken.nanosToWait()).plusMillis(999).toSeconds());
    }

    /** What is left after it. */
    public Budget budget() {
        return budget(taken.remaining());
    }

    /**
     * What is left when it has cost less than it might have.
     *
     * @param actual points
     */
    public Budget budgetAfter(int actual) {
        return budget(taken.remaining() + Math.max(0, points - actual));
    }

    private Budget budget(long remaining) {
        return new Budget(size.limit(), Math.clamp(remaining, 0, size.limit()), size.restoredPerSecond());
    }

    /**
     * Gives back what it has not cost.
     *
     * @param actual points
     */
    public void settle(int actual) {
        if (actual < points) {
            taken.from().giveBack(account, points - actual);
        }
    }
}
