package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** {@code Query.sales} is what the orders add up to, whatever is asked, in every time zone, to the cent. */
class SalesPropertyTest {
    private static final List<String> ZONES =
            List.of("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia");
    private static final int MOST = 1_000;

    private static final Map<String, Gateway> gateways = gateways();
    private static final Map<String, Caller> readers = ZONES.stream()
            .collect(Collectors.toMap(Function.identity(), zone -> gateway(zone).integrator("read:analytics")));
    private static final SoldOrders sold = new SoldOrders(gateway(ZONES.getFirst()), ZONES, new Random(1));

    private static Map<String, Gateway> gateways() {
        var database = TestPostgres.embedded18().database("sales");
        return ZONES.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        zone -> Gateway.start(
                                database, "--gateway.time-zone=" + zone, "--spring.r2dbc.pool.initial-size=1")));
    }

    private static Gateway gateway(String zone) {
        return Objects.requireNonNull(gateways.get(zone));
    }

    @AfterContainer
    static void stop() {
        gateways.values().forEach(Gateway::stop);
    }

    record Question(
            String zone,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            List<SalesDimension> by) {}

    @Provide
    Arbitrary<Question> questions() {
        var days = Combinators.combine(
                        Arbitraries.of(SoldOrders.days()),
                        Arbitraries.integers().between(-2, 2))
                .as(LocalDate::plusDays)
                .injectNull(0.15);
        var dimensions = Arbitraries.of(SalesDimension.class).list().ofMaxSize(3);
        var more = Arbitraries.of(SalesDimension.class).list().ofSize(6);
        return Combinators.combine(
                        Arbitraries.of(ZONES),
                        days,
                        days,
                        Arbitraries.frequencyOf(Tuple.of(9, dimensions), Tuple.of(1, more)))
                .as(Question::new);
    }

    @Property(tries = 300, seed = "1")
    void salesAreTheSumOfTheLinesOfTheirDays(@ForAll("questions") Question question) {
        var during = new HashMap<String, Object>();
        during.put("gte", question.first() == null ? null : question.first().toString());
        during.put("lte", question.last() == null ? null : question.last().toString());
        var answer = Objects.requireNonNull(readers.get(question.zone()))
                .query("""
                        query ($during: DateRange!, $by: [SalesDimension!]!) {
                          sales(during: $during, by: $by) { key orders units revenue { amount currency } } }
                        """, Map.of("during", during, "by", question.by()));
        var expected = sold.groups(ZoneId.of(question.zone()), question.first(), question.last(), question.by());

        if (expected.size() > MOST) {
            assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
            return;
        }
        assertThat(answer.ok()
                        .at("sales")
                        .valueStream()
                        .map(group -> group.path("key")
                                        .valueStream()
                                        .map(entry -> entry.isNull() ? null : entry.asString())
                                        .collect(Collectors.toList())
                                + " " + group.path("orders") + " " + group.path("units") + " "
                                + group.path("revenue").path("amount").asString()))
                .containsExactlyElementsOf(expected);
    }
}
