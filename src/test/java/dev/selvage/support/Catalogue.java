package dev.selvage.support;

import java.util.List;

/** What a database is made of, down to the last grant, for comparing two states of it. */
public final class Catalogue {
    private static final String QUERY = TestPostgres.resource("catalogue.sql");

    private Catalogue() {}

    /** One text for each object, in order. */
    public static List<String> of(TestDatabase database) {
        return database.query(QUERY, row -> row.getString(1) + " " + row.getString(2) + ": " + row.getString(3));
    }
}
