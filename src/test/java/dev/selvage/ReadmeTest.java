package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.DemoRows;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What README.md tells its readers to try works, with the data that they have. */
class ReadmeTest {
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        var database = TestPostgres.embedded18().database("readme");
        DemoRows.insertInto(database);
        gateway = Gateway.start(database);
        DemoRows.moveTo(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    static List<ReadmeSample> samples() throws IOException {
        return ReadmeSample.of(Files.readString(Path.of("README.md")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsAnsweredAsItSays(ReadmeSample sample) {
        var answer = ask(sample);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("data");
        assertThat(answer.at().values()).isNotEmpty().noneMatch(JsonNode::isNull);
        if (sample.answer() != null) {
            assertThat(shape(answer.body())).isEqualTo(shape(sample.answer()));
        }
    }

    @Test
    void noSampleIsPassedOver() throws IOException {
        var text = Files.readString(Path.of("README.md"));

        assertThat(samples()).hasSize(text.split("\n```graphql\n|/graphql .*(\\\\\n.*)?-d ").length - 1);
        assertThat(samples()).extracting(ReadmeSample::token).contains("", "as=admin");
        assertThat(samples()).extracting(ReadmeSample::answer).anyMatch(answer -> answer != null);
    }

    @Test
    void aBlockIsAskedByWhomItsFirstLineNames() {
        var samples = ReadmeSample.of("""
                ```graphql
                # as consignor
                { viewer { user { name } } }
                ```

                ```graphql
                # as integrator, scope read:consignors read:inventory
                { viewer { roles scopes } }
                ```

                ```graphql
                { viewer { user { name } } }
                ```
                """);

        assertThat(samples).hasSize(3);
        assertThat(ask(samples.get(0)).text("viewer", "user", "name")).isEqualTo("Clara Jensen");
        assertThat(ask(samples.get(1)).at("viewer", "scopes").toString())
                .isEqualTo("[\"read:consignors\",\"read:inventory\"]");
        assertThat(ask(samples.get(2)).at("viewer", "user").isNull()).isTrue();
    }

    private static Answer ask(ReadmeSample sample) {
        var caller = sample.token().isEmpty() ? gateway.anonymous() : gateway.bearer(gateway.token(sample.token()));
        return caller.query(sample.query(), sample.variables());
    }

    /** Names and kinds of values, without the values: the demo data move along with the days. */
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.properties().forEach(field -> fields.put(field.getKey(), shape(field.getValue())));
            return fields.toString();
        }
        return node.isArray()
                ? node.valueStream().map(ReadmeTest::shape).collect(Collectors.joining(", ", "[", "]"))
                : node.getNodeType().name();
    }
}
