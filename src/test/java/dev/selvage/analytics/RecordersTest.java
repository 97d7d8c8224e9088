package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several who record the same figures at the same time. */
class RecordersTest {
    private static final int FIGURES = 1_000;
    private static final int ROUNDS = 20;

    private final TestDatabase database = Gateway.running().database();
    private final String type = Given.unique("recorder");
    private final CyclicBarrier start = new CyclicBarrier(2);

    /** The gateway would try a deadlock again, so the statement is asked itself. */
    @Test
    void inWhateverOrderEachSendsThemTheyDoNotWaitForEachOther() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var recorder : threads.invokeAll(List.of(recorder(false, 1), recorder(true, 2)))) {
                assertThat(recorder).satisfies(Future::get);
            }
        }

        assertThat(database.query(
                        "SELECT count(*), count(DISTINCT metric_value) FROM analytics WHERE metric_type = ?",
                        row -> List.of(row.getInt(1), row.getInt(2)),
                        type))
                .as("all of one of them")
                .containsExactly(List.of(FIGURES, 1));
    }

    private Callable<Integer> recorder(boolean backward, int value) {
        var numbers = IntStream.range(0, FIGURES)
                .map(n -> backward ? FIGURES - 1 - n : n)
                .boxed()
                .toList();
        Object[] types = numbers.stream().map(_ -> type).toArray();
        Object[] days = numbers.stream().map(n -> n / 2).toArray();
        Object[] platforms = numbers.stream().map(n -> n % 2 == 0 ? "web" : "").toArray();
        Object[] values = numbers.stream().map(_ -> Integer.toString(value)).toArray();
        var sql = MetricRepository.RECORD.text().replaceAll("\\$[1-4]", "?");
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                start.await(10, TimeUnit.SECONDS);
                database.within(
                        "selvage_owner",
                        connection -> TestDatabase.query(
                                connection,
                                sql,
                                _ -> true,
                                connection.createArrayOf("text", types),
                                connection.createArrayOf("int", days),
                                connection.createArrayOf("text", platforms),
                                connection.createArrayOf("text", values)));
            }
            return ROUNDS;
        };
    }
}
