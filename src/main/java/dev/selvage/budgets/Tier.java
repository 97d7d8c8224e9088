package dev.selvage.budgets;

/** What a request is charged as. A caller has a budget for each. */
public enum Tier {
    /** A document that nobody has priced before. */
    FREE_TEXT,
    /** One that was priced when it was published. */
    PUBLISHED
}
