package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.approval;
import static dev.selvage.inventory.ItemCalls.done;
import static dev.selvage.inventory.ItemCalls.refused;
import static dev.selvage.inventory.ItemCalls.rejection;
import static dev.selvage.inventory.ItemCalls.shirt;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Meanwhile;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes at the same time. One transaction holds a row until all others are seen to wait. */
class ItemRacesTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final ItemCalls admin = new ItemCalls(gateway.user(given.admin()));
    private static final ItemCalls reviewer = new ItemCalls(gateway.integrator("write:inventory read:consignors"));
    private static final ExecutorService others = Executors.newFixedThreadPool(12);

    private final Given.Event event = given.event("published");
    private final Given.Consignor consignor = given.consignor();
    private final ItemCalls owner = new ItemCalls(gateway.user(consignor.user()));

    @BeforeEach
    void aPlace() {
        given.registration(event, consignor, "registered");
    }

    @AfterAll
    static void end() {
        others.shutdown();
    }

    /** Starts them one after the other behind a statement that has not been committed, then commits it. */
    private static List<Answer> behind(String sql, List<Callable<Answer>> calls) {
        return Meanwhile.inTurn(gateway.database(), sql, calls);
    }

    private String item(String status) {
        return given.item(event, consignor, status).globalId();
    }

    private static String lock(String item) {
        return "SELECT FROM inventory_items WHERE id = " + GlobalId.keyOf(item, "InventoryItem", Long.class)
                + " FOR UPDATE";
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE event_registrations SET status = 'cancelled' WHERE event_id = %d",
        "UPDATE events SET status = 'cancelled' WHERE id = %d",
        "UPDATE events SET status = 'draft' WHERE id = %d"
    })
    void nothingIsHandedInForWhatIsBeingCancelled(String cancel) {
        var values = shirt(event);
        var answer = behind(cancel.formatted(event.id()), List.of(() -> owner.create(values)))
                .getFirst();

        refused(answer, ErrorCode.TRANSITION_BLOCKED, "eventId");
        assertThat(gateway.database()
                        .query("SELECT id FROM inventory_items WHERE event_id = ?", row -> row.getLong(1), event.id()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE event_registrations SET status = 'cancelled' WHERE event_id = %d, 55P03",
        "UPDATE events SET status = 'cancelled' WHERE id = %d, 55P03",
        "UPDATE events SET registered_count = registered_count + 1 WHERE id = %d, ''"
    })
    void whatAnItemIsBeingHandedInForIsNotCancelledAndOthersMayRegister(String change, String refusal) {
        var found = gateway.database().asViewer("user", consignor.user().id().toString(), "", holder -> {
            hold(holder, consignor);
            return refusalOf(change);
        });

        assertThat(found).isEqualTo(refusal);
    }

    @Test
    void aStrangerHoldsNobodysPlace() {
        var found = gateway.database().asViewer("user", given.user().id().toString(), "", holder -> {
            hold(holder, consignor);
            return refusalOf("UPDATE event_registrations SET status = 'cancelled' WHERE event_id = %d");
        });

        assertThat(found).isEmpty();
    }

    private void hold(Connection connection, Given.Consignor whose) throws SQLException {
        TestDatabase.query(connection, "SELECT lock_place(?, ?)", _ -> true, event.id(), whose.id());
    }

    private String refusalOf(String change) {
        return gateway.database().rolledBack("postgres", connection -> {
            connection.createStatement().execute("SET LOCAL lock_timeout = '50ms'");
            return TestDatabase.refusal(connection, change.formatted(event.id()))
                    .state();
        });
    }

    @Test
    void ofAnApprovalAndTheOwnersUpdateTheSecondIsToldOfTheFirst() {
        for (var approvalFirst : List.of(true, false)) {
            var id = item("pending");
            Callable<Answer> approval = () -> admin.approve(id, 1);
            Callable<Answer> update = () -> owner.update(id, 1, Map.of("price", 1));

            var answers = behind(lock(id), approvalFirst ? List.of(approval, update) : List.of(update, approval));

            var errors = answers.stream()
                    .map(answer -> answer.ok().at().iterator().next().path("userErrors"))
                    .toList();
            assertThat(errors.get(0).toString() + errors.get(1))
                    .contains("VERSION_CONFLICT")
                    .contains("[]");
        }
    }

    /** In an order of their own in the table, so that whoever takes them as they come takes them in another than by their ids. */
    private List<String> stirredItems() {
        var items = given.items(event, consignor, "pending", 100);
        var touched = new ArrayList<>(items);
        Collections.shuffle(touched, new Random(1));
        gateway.database()
                .execute(
                        "postgres",
                        touched.stream()
                                .map(item -> "UPDATE inventory_items SET name = name WHERE id = " + item.id())
                                .collect(joining(";")));
        return items.stream().map(Given.Item::globalId).toList();
    }

    private static List<? extends Map<String, ?>> rejections(List<String> items) {
        return items.stream().map(id -> rejection(id, 1, "Torn")).toList();
    }

    @Test
    void aReviewTakesItsItemsInTheOrderOfTheirIdsWhateverTheOrderTheyAreSentIn() throws Exception {
        for (int round = 0; round < 3; round++) {
            var items = stirredItems();
            var sent = new ArrayList<>(items.reversed());
            Collections.rotate(sent, 33 * round);
            var free = new ArrayList<String>();

            var answer = gateway.database().within("postgres", connection -> {
                connection.createStatement().execute(lock(items.get(50)));
                var review = others.submit(() -> reviewer.review(rejections(sent)));
                Meanwhile.untilAllWait(connection, List.of(review));
                free.addAll(TestDatabase.query(
                        connection,
                        "SELECT id FROM inventory_items WHERE event_id = ? AND status = 'pending' ORDER BY id FOR UPDATE SKIP LOCKED",
                        row -> GlobalId.of("InventoryItem", row.getLong(1)),
                        event.id()));
                return review;
            });

            assertThat(free).isEqualTo(items.subList(50, 100));
            assertThat(decided(answer.get())).hasSize(100);
        }
    }

    /** The one goes through them forwards and the other backwards. */
    @Test
    void twoWhoReviewTheSameItemsInOppositeOrdersDoNotBlockEachOther() {
        var items = stirredItems();
        var approvals = items.stream().map(id -> approval(id, 1)).toList();
        var rejections = rejections(items.reversed());

        var answers =
                behind(lock(items.get(50)), List.of(() -> admin.review(approvals), () -> reviewer.review(rejections)));

        // The second waits for the first item of the first, and holds none that the first still wants.
        assertThat(decided(answers.get(0))).hasSize(100);
        assertThat(decided(answers.get(1))).isEmpty();
    }

    @Test
    void howeverManyReviewTheSameItemsEachItemIsDecidedByOne() throws Exception {
        var items = given.items(event, consignor, "pending", 100).stream()
                .map(Given.Item::globalId)
                .toList();
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 8; i++) {
            var shuffled = new ArrayList<>(items);
            Collections.shuffle(shuffled, new Random(i));
            calls.add(() -> reviewer.review(
                    shuffled.subList(0, 60).stream().map(id -> approval(id, 1)).toList()));
        }
        var decided = new ArrayList<String>();
        for (var answer : others.invokeAll(calls)) {
            decided.addAll(decided(answer.get()));
        }

        assertThat(decided).doesNotHaveDuplicates().hasSizeGreaterThan(60);
        assertThat(gateway.database()
                        .query(
                                "SELECT count(*) FROM inventory_items WHERE event_id = ? AND version = 2",
                                row -> row.getInt(1),
                                event.id()))
                .containsExactly(decided.size());
    }

    /** What was not decided was found to have been, by the other. */
    private static List<String> decided(Answer answer) {
        var decided = new ArrayList<String>();
        answer.ok().at("reviewInventoryItems").forEach(payload -> {
            if (payload.path("userErrors").isEmpty()) {
                decided.add(payload.path("inventoryItem").path("id").asString());
            } else {
                assertThat(payload.path("userErrors").path(0).path("code").asString())
                        .isEqualTo("VERSION_CONFLICT");
            }
        });
        return decided;
    }

    @Test
    void howeverManyAreApprovedAtOnceNoBarcodeIsIssuedTwice() throws Exception {
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 40; i++) {
            var id = item("pending");
            calls.add(() -> admin.approve(id, 1));
        }
        var barcodes = new HashSet<String>();
        for (var answer : others.invokeAll(calls)) {
            barcodes.add(done(answer.get()).path("barcode").asString());
        }

        assertThat(barcodes).hasSize(40);
    }
}
