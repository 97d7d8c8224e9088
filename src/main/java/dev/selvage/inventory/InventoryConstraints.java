package dev.selvage.inventory;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;
import static dev.selvage.kernel.UserError.ErrorCode.TRANSITION_BLOCKED;
import static dev.selvage.kernel.UserError.ErrorCode.WINDOW_CLOSED;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.UserError.Blocker;
import dev.selvage.kernel.UserError.TransitionBlocked;
import dev.selvage.kernel.Wiring;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the constraints of {@code inventory_items} are to callers. */
@Component
class InventoryConstraints implements Wiring {
    private static final String NO_WAY = "This item cannot go there from where it is. Look at its transitions.";

    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("inventory_items.name", REQUIRED, "An item has a name.", "input", "name")
                .add("inventory_items.category", REQUIRED, "An item has a category.", "input", "category")
                .add("inventory_items.price", REQUIRED, "An item has a price.", "input", "price")
                .add("inventory_items.condition", REQUIRED, "An item is in some condition.", "input", "condition")
                .add("inventory_items_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add(
                        "inventory_items_description_length",
                        TOO_LONG,
                        "At most 10,000 characters.",
                        "input",
                        "description")
                .add(
                        "inventory_items_category_length",
                        TOO_LONG,
                        "A category has 1 to 100 characters.",
                        "input",
                        "category")
                .add("inventory_items_size_length", TOO_LONG, "A size has 1 to 50 characters.", "input", "size")
                .add("inventory_items_price_positive", OUT_OF_RANGE, "A price is above zero.", "input", "price")
                .add("inventory_items_condition_known", INVALID, "There is no such condition.", "input", "condition")
                .add(
                        "inventory_items_rejection_reason_length",
                        TOO_LONG,
                        "A reason has 1 to 1,000 characters.",
                        "input",
                        "reason")
                .add("inventory_items_transition", TRANSITION_BLOCKED, NO_WAY, "input", "id")
                .add("inventory_items_transition_by_owner", TRANSITION_BLOCKED, NO_WAY, "input", "id")
                .add(
                        "inventory_items_reconsidered",
                        new TransitionBlocked(
                                List.of("input", "id"),
                                ItemStatus.APPROVED.name(),
                                ItemStatus.PENDING.name(),
                                List.of(new Blocker(WINDOW_CLOSED, InventoryRules.DROP_OFF_IS_OVER_FOR_APPROVED))))
                .backstops(
                        "input",
                        "inventory_items.consignor_id",
                        "inventory_items.event_id",
                        "inventory_items.event_status",
                        "inventory_items.status",
                        "inventory_items.user_id",
                        "inventory_items_approved_has_barcode",
                        "inventory_items_barcode_kept",
                        "inventory_items_barcode_shape",
                        "inventory_items_barcode_unique",
                        "inventory_items_event_fkey",
                        "inventory_items_in_a_cancelled_event",
                        "inventory_items_in_a_completed_event",
                        "inventory_items_in_a_draft",
                        "inventory_items_order_fkey",
                        "inventory_items_owner_fkey",
                        "inventory_items_rejected_for_a_reason",
                        "inventory_items_sold_by_order",
                        "inventory_items_status_known");
    }
}
