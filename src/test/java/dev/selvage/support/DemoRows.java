package dev.selvage.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The rows of {@code db/demo}, which the local mode starts with. */
public final class DemoRows {
    private DemoRows() {}

    /** Fills a migrated database. */
    public static void insertInto(TestDatabase database) {
        try {
            var files = new PathMatchingResourcePatternResolver().getResources("classpath*:db/demo/*.sql");
            Arrays.sort(files, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
            for (var file : files) {
                database.execute("selvage_owner", file.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets their users sign in with that gateway's tokens. */
    public static void moveTo(Gateway gateway) {
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE users SET issuer = '%s' WHERE issuer IS NOT NULL".formatted(gateway.address()));
    }
}
