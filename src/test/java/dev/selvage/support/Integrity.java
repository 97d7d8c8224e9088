package dev.selvage.support;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What must never be found in a database, whatever happened: {@code integrity.sql}. */
public final class Integrity {
    /** Each begins with its name. */
    private static final List<String> RULES = Stream.of(
                    TestPostgres.resource("integrity.sql").split("(?m)^-- name: ", -1))
            .skip(1)
            .map("-- name: "::concat)
            .toList();

    private Integrity() {}

    public static void assertWhole(TestDatabase database) {
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(RULES).hasSizeGreaterThan(10);
            for (var rule : RULES) {
                softly.assertThat(database.query(rule, row -> row.getString(1)))
                        .as(rule)
                        .isEmpty();
            }
        });
    }
}
