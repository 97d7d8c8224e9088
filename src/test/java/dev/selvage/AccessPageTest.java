package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page that says who may do what is what schema and policies say. */
class AccessPageTest {
    private static final Path PAGE = Path.of(".github/SECURITY.md");
    private static final String BEGIN = "<!-- From here on written by AccessPageTest. -->\n";
    private static final String END = "<!-- Up to here. -->\n";

    @Test
    void thePageSaysWhatSchemaAndPoliciesSay() throws IOException {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        var end = page.indexOf(END);
        var truth = new AccessPage(Schema.of(Schema.ofFiles()), PostgresVersion.EMBEDDED_18.migrated()).markdown();
        if (Boolean.getBoolean("selvage.publish")) {
            Files.writeString(PAGE, page.substring(0, begin) + truth + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end))
                .as(
                        "Written anew by `mvn test -Dtest=AccessPageTest -Dselvage.publish=true`; its difference is for review.")
                .isEqualTo(truth);
    }
}
