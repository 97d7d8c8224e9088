package dev.selvage.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is tried dry changes nothing, is not written down, and answers as if it had been done. */
class DryRunTest {
    private static final int EACH = 4;
    private static final int MOST_TRIES = 600;

    /** What is different each time, or is the time. */
    private static final Set<String> EACH_TIME_ANEW = Set.of(
            "id",
            "number",
            "barcode",
            "createdAt",
            "updatedAt",
            "publishedDate",
            "reservedUntil",
            "archivedAt",
            "publishedAt");

    private static final Random random = new Random(20261124);
    private static final Shop shop = new Shop(TestPostgres.embedded18().database("dry"), random);
    private static final RandomMutations mutations = new RandomMutations(shop, random);

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @TestFactory
    List<DynamicTest> aDryRunOf() {
        return mutations.names().stream()
                .map(mutation -> DynamicTest.dynamicTest(mutation, () -> compare(mutation)))
                .toList();
    }

    private static void compare(String mutation) throws SQLException {
        var snapshot = new Snapshot(shop.connection());
        int done = 0;
        int refused = 0;
        boolean seen = false;
        for (int tries = 0; done < EACH || refused < EACH; tries++) {
            assertThat(tries).as("%d were done, %d were refused", done, refused).isLessThan(MOST_TRIES);
            if (tries % 50 == 49) {
                shop.restock();
            }
            var attempt = mutations.of(mutation);
            var before = snapshot.take(shop.connection());
            var dry = attempt.sendDry();
            assertThat(snapshot.take(shop.connection()))
                    .as(attempt.describe(dry))
                    .isEqualTo(before);
            var real = attempt.send();
            assertThat(kept(dry.body())).as(attempt.describe(real)).isEqualTo(kept(real.body()));
            assertThat(dry.status()).isEqualTo(real.status());
            if (attempt.isRefused(real)) {
                refused++;
            } else {
                done++;
                seen = seen || !snapshot.take(shop.connection()).equals(before);
            }
        }
        assertThat(seen)
                .as("The real one is seen by the means that saw nothing of the dry one")
                .isTrue();
    }

    private static JsonNode kept(JsonNode answer) {
        return switch (answer) {
            case ObjectNode object -> {
                var kept = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> {
                    if (!EACH_TIME_ANEW.contains(field.getKey())
                            || field.getValue().isNull()) {
                        kept.set(field.getKey(), kept(field.getValue()));
                    } else {
                        kept.put(field.getKey(), "one of its own");
                    }
                });
                yield kept;
            }
            case ArrayNode array -> {
                var kept = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> kept.add(kept(element)));
                yield kept;
            }
            default -> answer;
        };
    }
}
