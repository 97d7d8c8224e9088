package dev.selvage.orders;

import static dev.selvage.orders.PlacedOrders.line;
import static dev.selvage.orders.PlacedOrders.order;
import static dev.selvage.orders.PlacedOrders.placePatiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.Recurrence;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Integrity;
import dev.selvage.support.Meanwhile;
import dev.selvage.support.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who want the same at once. Of what must never be found, nothing is found afterwards. */
class OversellTest {
    private static final Gateway gateway =
            Gateway.start(TestPostgres.embedded18().database("oversell"));
    private static final Given given = new Given(gateway);
    private static final PlacedOrders orders = new PlacedOrders(gateway);

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @AfterEach
    void everythingIsWhole() {
        Integrity.assertWhole(gateway.database());
    }

    /** Answers of so many at a time, in the order of the calls. */
    private static List<Answer> atOnce(int most, List<? extends Callable<Answer>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(most)) {
            var answers = new ArrayList<Answer>();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static long won(List<Answer> answers) {
        return answers.stream()
                .peek(Answer::ok)
                .filter(answer -> !answer.at("placeOrder", "order").isNull())
                .count();
    }

    private static void othersHeard(List<Answer> answers, String code) {
        assertThat(answers.stream()
                        .filter(answer -> answer.at("placeOrder", "order").isNull())
                        .map(answer -> answer.text("placeOrder", "userErrors", 0, "code")))
                .containsOnly(code);
    }

    @Test
    void oneOfTwoHundredGetsTheLastUnit() throws Exception {
        var fabric = given.fabric();
        orders.stock(fabric, 1);

        var answers = atOnce(
                200, Collections.nCopies(200, () -> placePatiently(gateway.anonymous(), order(line(fabric, 1)))));

        assertThat(won(answers)).isEqualTo(1);
        othersHeard(answers, "OUT_OF_STOCK");
        assertThat(orders.stock(fabric)).isZero();
    }

    @Test
    void oneOfManyGetsAnItem() throws Exception {
        var item = given.item(
                given.event("published", Given.unique("Sale"), Instant.now()), given.consignor(), "approved");

        var answers = atOnce(32, Collections.nCopies(64, () -> placePatiently(gateway.anonymous(), order(line(item)))));

        assertThat(won(answers)).isEqualTo(1);
        othersHeard(answers, "OUT_OF_STOCK");
        assertThat(gateway.database()
                        .query(
                                "SELECT id FROM orders WHERE status <> 'cancelled' AND items @> jsonb_build_array("
                                        + "jsonb_build_object('inventory_item_id', ?::bigint))",
                                row -> row.getString(1),
                                item.id()))
                .hasSize(1);
    }

    @Test
    void ordersOfTheSameFabricsInAnyOrderNeverWaitForEachOther() throws Exception {
        var random = new Random(20261123);
        var fabrics = IntStream.range(0, 20).mapToObj(_ -> given.fabric()).toList();
        fabrics.forEach(fabric -> orders.stock(fabric, 60));
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 200; i++) {
            var some = new ArrayList<>(fabrics);
            Collections.shuffle(some, random);
            Map<String, Object> input = order(some.subList(0, 2 + random.nextInt(10)).stream()
                    .map(fabric -> line(fabric, 1))
                    .toArray());
            calls.add(() -> placePatiently(gateway.anonymous(), input));
        }
        long deadlocks = deadlocks();

        var answers = atOnce(32, calls);

        // Of each as many are gone as there are in orders.
        var sold = new int[fabrics.size()];
        answers.stream()
                .filter(answer -> !answer.at("placeOrder", "order").isNull())
                .forEach(answer -> answer.at("placeOrder", "order", "lines")
                        .forEach(line -> sold[
                                fabrics.stream()
                                        .map(Given.Fabric::globalId)
                                        .toList()
                                        .indexOf(line.path("subject").path("id").asString())]++));
        for (int i = 0; i < sold.length; i++) {
            assertThat(orders.stock(fabrics.get(i))).isEqualTo(60 - sold[i]);
        }
        assertThat(deadlocks()).isEqualTo(deadlocks);
    }

    private static long deadlocks() {
        return gateway.database()
                .query(
                        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
                        row -> row.getLong(1))
                .getFirst();
    }

    @Test
    void cancellingAndEndingAtOnceGiveBackOnce() throws Exception {
        var fabric = given.fabric();
        var admin = gateway.user(given.admin());
        var ids = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            ids.add(PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(fabric, 1)))));
        }
        assertThat(orders.stock(fabric)).isZero();
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE orders SET reserved_until = now() - interval '1 second' WHERE id IN ("
                                + String.join(
                                        ",",
                                        ids.stream()
                                                .map(id -> "'" + PlacedOrders.key(id) + "'")
                                                .toList()) + ")");
        var work = gateway.bean(Recurrence.class);
        var calls = new ArrayList<Callable<Answer>>();
        ids.forEach(id -> calls.add(() -> cancel(admin, id)));
        for (int i = 0; i < 4; i++) {
            calls.add(2 * i, () -> {
                work.doAll().block(Duration.ofSeconds(20));
                return gateway.anonymous().query("{ __typename }");
            });
        }

        atOnce(16, calls);
        work.doAll().block(Duration.ofSeconds(20));

        assertThat(orders.stock(fabric)).isEqualTo(10);
    }

    private static Answer cancel(Caller caller, String id) {
        // Its version is 2 since its reservation has been shortened.
        return cancel(caller, id, 2);
    }

    private static Answer cancel(Caller caller, String id, int version) {
        return caller.query(
                "mutation ($id: ID!, $version: Int!) { cancelOrder(input: { id: $id, expectedVersion: $version }) { userErrors { code } } }",
                Map.of("id", id, "version", version));
    }

    @Test
    void aReservationThatHasEndedIsGivenBackAndOneThatHasNotIsKept() {
        var fabric = given.fabric();
        var over = PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(fabric, 2))));
        var open = PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(fabric, 3))));
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE orders SET reserved_until = now() - interval '1 second' WHERE id = '"
                                + PlacedOrders.key(over) + "'");

        gateway.bean(Recurrence.class).doAll().block(Duration.ofSeconds(20));

        assertThat(orders.stock(fabric)).isEqualTo(7);
        assertThat(status(over)).isEqualTo("cancelled");
        assertThat(status(open)).isEqualTo("pending");
    }

    /** It is the oldest, and would be in the way of all others. */
    @Test
    void aReservationThatCannotBeGivenBackIsInNobodysWay() {
        var stuck = given.fabric();
        var free = given.fabric();
        var ids = Stream.of(stuck, free)
                .map(fabric -> PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(fabric, 1)))))
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            gateway.database()
                    .execute(
                            "postgres",
                            "UPDATE orders SET reserved_until = now() - interval '%d seconds' WHERE id = '%s'"
                                    .formatted(10 - i, PlacedOrders.key(ids.get(i))));
        }
        var work = gateway.bean(Recurrence.class);

        // What it took is not to be had within the time that a statement waits for a lock.
        gateway.database().rolledBack("selvage_owner", connection -> {
            connection.createStatement().execute("UPDATE fabrics SET name = 'Other' WHERE id = '" + stuck.id() + "'");
            work.doAll().block(Duration.ofSeconds(20));
            return true;
        });

        assertThat(ids.stream().map(OversellTest::status)).containsExactly("pending", "cancelled");
        work.doAll().block(Duration.ofSeconds(20));
        assertThat(ids.stream().map(OversellTest::status)).containsExactly("cancelled", "cancelled");
    }

    /** Were they taken in the order in which they lie in the table, those who buy them could stand in the way. */
    @Test
    void whatAnOrderBoughtIsTakenOutOfItInTheOrderOfIds() throws Exception {
        var event = given.event("published", Given.unique("Sale"), Instant.now());
        var consignor = given.consignor();
        var first = given.item(event, consignor, "approved");
        var second = given.item(event, consignor, "approved");
        var id = PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(first), line(second))));
        // Its row lies behind the other one now.
        gateway.database()
                .execute("postgres", "UPDATE inventory_items SET description = 'Moved' WHERE id = " + first.id());
        var admin = gateway.user(given.admin());
        try (var callers = Executors.newSingleThreadExecutor()) {
            var cancelled = gateway.database().within("selvage_owner", connection -> {
                connection
                        .createStatement()
                        .execute("SELECT FROM inventory_items WHERE id = " + first.id() + " FOR UPDATE");
                var running = callers.submit(() -> cancel(admin, id, 1));
                Meanwhile.untilAllWait(connection, List.of(running));
                connection
                        .createStatement()
                        .execute("SELECT FROM inventory_items WHERE id = " + second.id() + " FOR UPDATE NOWAIT");
                return running;
            });
            assertThat(cancelled.get().ok().at("cancelOrder", "userErrors").toString())
                    .isEqualTo("[]");
        }
        assertThat(orders.status(first) + orders.status(second)).isEqualTo("approvedapproved");
    }

    @Test
    void asMuchIsGivenBackAsCanBeCounted() {
        var fabric = given.fabric();
        orders.stock(fabric, Integer.MAX_VALUE);
        var id = PlacedOrders.placed(placePatiently(gateway.anonymous(), order(line(fabric, 3))));
        orders.stock(fabric, Integer.MAX_VALUE - 1);

        var answer = cancel(gateway.user(given.admin()), id, 1);

        assertThat(answer.ok().at("cancelOrder", "userErrors").toString()).isEqualTo("[]");
        assertThat(orders.stock(fabric)).isEqualTo(Integer.MAX_VALUE);
    }

    private static String status(String id) {
        return gateway.database()
                .query("SELECT status FROM orders WHERE id = ?", row -> row.getString(1), PlacedOrders.key(id))
                .getFirst();
    }
}
