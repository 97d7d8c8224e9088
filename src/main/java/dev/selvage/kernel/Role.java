package dev.selvage.kernel;

/** What a viewer acts as; each is a database role of its own, and row security is written for these. */
public enum Role {
    ANONYMOUS,
    USER,
    INTEGRATOR,
    ADMIN,
    /** The gateway's own work. Never a caller's. */
    SYSTEM;

    private final String word = name().toLowerCase(java.util.Locale.ROOT);
    private final String statementPrefix = "/*" + word + "*/ ";

    /** The PostgreSQL role that a transaction of this viewer takes, as {@code db/roles.sql} makes it. */
    String databaseRole() {
        return "selvage_" + word;
    }

    /**
     * What statement text starts with. PostgreSQL drops a prepared plan that is used under another role; so each role has
     * texts, and with them plans, of its own.
     */
    String statementPrefix() {
        return statementPrefix;
    }
}
