package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.done;
import static dev.selvage.inventory.ItemCalls.refused;
import static dev.selvage.inventory.ItemCalls.shirt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hands what in for which event. */
class CreateInventoryItemTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final ItemCalls admin = new ItemCalls(gateway.user(given.admin()));

    private final Given.Event event = given.event("published");
    private final Given.Consignor consignor = given.consignor();
    private final ItemCalls owner = new ItemCalls(gateway.user(consignor.user()));
    private boolean mayHaveItems;

    @BeforeEach
    void aPlace() {
        given.registration(event, consignor, "registered");
    }

    /** Whatever is refused has made nothing. */
    @AfterEach
    void onlyWhatWasAnsweredIsThere() {
        if (!mayHaveItems) {
            assertThat(items()).isZero();
        }
    }

    private long items() {
        return gateway.database()
                .query(
                        "SELECT count(*) FROM inventory_items WHERE event_id = ? OR consignor_id = ?",
                        row -> row.getLong(1),
                        event.id(),
                        consignor.id())
                .getFirst();
    }

    @Test
    void aNewItemIsPendingAndSeenByItsOwnerOnly() {
        mayHaveItems = true;
        var item = done(owner.create(shirt(event)));

        assertThat(item.path("status").asString()).isEqualTo("PENDING");
        assertThat(item.path("version").asInt()).isEqualTo(1);
        assertThat(item.path("price").path("amount").asString()).isEqualTo("12.50");
        assertThat(item.path("barcode").isNull()).isTrue();
        assertThat(item.path("description").isNull()).isTrue();
        assertThat(item.path("event").path("id").asString()).isEqualTo(event.globalId());
        assertThat(item.path("consignor").path("id").asString()).isEqualTo(consignor.globalId());
        var look = Map.of("id", item.path("id").asString());
        var query = "query ($id: ID!) { node(id: $id) { id } }";
        assertThat(owner.caller().query(query, look).ok().at("node").isNull()).isFalse();
        assertThat(gateway.anonymous().query(query, look).ok().at("node").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "checked_in", "checked_out"})
    void whoeverHasAPlaceHandsIn(String status) {
        mayHaveItems = true;
        var other = given.consignor();
        given.registration(event, other, status);

        done(new ItemCalls(gateway.user(other.user())).create(shirt(event)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"waitlisted", "cancelled", "none"})
    void whoeverHasNoPlaceDoesNotButAnAdministratorMayForThem(String status) {
        mayHaveItems = true;
        var other = given.consignor();
        if (!status.equals("none")) {
            given.registration(event, other, status);
        }
        refused(
                new ItemCalls(gateway.user(other.user())).create(shirt(event)),
                ErrorCode.TRANSITION_BLOCKED,
                "eventId");
        assertThat(items()).isZero();

        var values = shirt(event);
        values.put("consignorId", other.globalId());
        done(admin.create(values));
    }

    @Test
    void anAdministratorHandsInForAConsignorTheyName() {
        mayHaveItems = true;
        var values = shirt(event);
        values.put("consignorId", consignor.globalId());
        values.put("description", "As good as new");
        values.put("size", "M");

        var item = done(admin.create(values));

        assertThat(item.path("consignor").path("id").asString()).isEqualTo(consignor.globalId());
        assertThat(item.path("description").asString()).isEqualTo("As good as new");
        assertThat(item.path("size").asString()).isEqualTo("M");
    }

    @Test
    void whoeverIsNoConsignorNamesOne() {
        refused(admin.create(shirt(event)), ErrorCode.REQUIRED, "consignorId");
        refused(new ItemCalls(gateway.user(given.user())).create(shirt(event)), ErrorCode.REQUIRED, "consignorId");
    }

    @Test
    void aUserNamesNoConsignorButThemselves() {
        mayHaveItems = true;
        var other = given.consignor();
        given.registration(event, other, "registered");
        var values = shirt(event);
        values.put("consignorId", other.globalId());

        refused(owner.create(values), ErrorCode.NOT_FOUND, "consignorId");
        assertThat(items()).isZero();

        values.put("consignorId", consignor.globalId());
        done(owner.create(values));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var values = shirt(event);
        for (var id : List.of(
                GlobalId.of("Event", 999_999_999L),
                consignor.globalId(),
                given.event("draft").globalId())) {
            values.put("eventId", id);
            refused(owner.create(values), ErrorCode.NOT_FOUND, "eventId");
        }
        values.put("eventId", event.globalId());
        for (var id : List.of(GlobalId.of("Consignor", 999_999_999L), event.globalId())) {
            values.put("consignorId", id);
            refused(admin.create(values), ErrorCode.NOT_FOUND, "consignorId");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "cancelled", "completed"})
    void anEventThatIsNotPublishedTakesNothing(String status) {
        var other = given.event(status);
        given.registration(other, consignor, "registered");
        var values = shirt(other);
        values.put("consignorId", consignor.globalId());

        refused(admin.create(values), ErrorCode.TRANSITION_BLOCKED, "eventId");
        refused(owner.create(values), ErrorCode.TRANSITION_BLOCKED, "eventId");
    }

    @Test
    void nothingIsTakenAfterDropOff() {
        var over = given.event("published", Given.unique("Event"), Instant.now().plus(Duration.ofHours(12)));
        given.registration(over, consignor, "registered");
        var values = shirt(over);

        refused(owner.create(values), ErrorCode.WINDOW_CLOSED, "eventId");
        values.put("consignorId", consignor.globalId());
        refused(admin.create(values), ErrorCode.WINDOW_CLOSED, "eventId");
        // What stands in the way is told before what is wrong with the item.
        values.put("price", "0.001");
        refused(admin.create(values), ErrorCode.WINDOW_CLOSED, "eventId");
    }

    @ParameterizedTest
    @CsvSource({"0, OUT_OF_RANGE", "-1, OUT_OF_RANGE", "0.001, INVALID", "12.505, INVALID", "10000000000, OUT_OF_RANGE"
    })
    void aPriceThatWillNotDoIsRefused(String price, ErrorCode code) {
        var values = shirt(event);
        values.put("price", price);

        refused(owner.create(values), code, "price");
    }

    @ParameterizedTest
    @CsvSource({"name, 200", "description, 10000", "category, 100", "size, 50"})
    void aTextHasItsLengthAndNoMore(String field, int longest) {
        mayHaveItems = true;
        var values = shirt(event);
        values.put(field, "🧵".repeat(longest));
        assertThat(done(owner.create(values)).path(field).asString()).isEqualTo(values.get(field));

        values.put(field, "y".repeat(longest + 1));
        refused(owner.create(values), ErrorCode.TOO_LONG, field);
        if (!field.equals("description")) {
            values.put(field, "");
            refused(owner.create(values), ErrorCode.TOO_LONG, field);
        }
        values.put(field, "a\0b");
        refused(owner.create(values), ErrorCode.INVALID, field);
        assertThat(items()).isEqualTo(1);
    }

    @Test
    void itIsForSignedInUsersOnly() {
        assertThat(new ItemCalls(gateway.anonymous()).create(shirt(event)).errorCodes())
                .containsExactly("UNAUTHENTICATED");
        assertThat(new ItemCalls(gateway.integrator("write:inventory read:consignors"))
                        .create(shirt(event))
                        .errorCodes())
                .containsExactly("FORBIDDEN");
    }
}
