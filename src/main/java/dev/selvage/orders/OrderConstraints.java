package dev.selvage.orders;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_UNIQUE;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;
import static dev.selvage.kernel.UserError.ErrorCode.TRANSITION_BLOCKED;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code orders} are to callers. */
@Component
class OrderConstraints implements Wiring {
    private static final String CHANGED = "Its state has just changed. Look at what it is now.";
    private static final String NOT_AS_SOLD = "An order stays as it was placed.";

    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("orders.customer_email", REQUIRED, "An order has an e-mail address.", "input", "customerEmail")
                .add("orders.customer_name", REQUIRED, "An order has a customer's name.", "input", "customerName")
                .add("orders_customer_email_shape", INVALID, "At most 320 characters.", "input", "customerEmail")
                .add(
                        "orders_customer_name_length",
                        TOO_LONG,
                        "A name has 1 to 200 characters.",
                        "input",
                        "customerName")
                .add("orders_notes_length", TOO_LONG, "At most 4,000 characters.", "input", "notes")
                .add(
                        "orders_tracking_number_length",
                        TOO_LONG,
                        "It has 1 to 100 characters.",
                        "input",
                        "trackingNumber")
                .add("orders_shipping_address_shape", INVALID, "An address is text.", "input", "shippingAddress")
                .add(
                        "orders_shipping_address_length",
                        TOO_LONG,
                        "This address is too long.",
                        "input",
                        "shippingAddress")
                .add("orders_shipped_somewhere", REQUIRED, "It has no shipping address.", "input", "id")
                .add("orders_etsy_order_id_length", TOO_LONG, "It has 1 to 100 characters.", "input", "etsyOrderId")
                .add("orders_etsy_order_id_unique", NOT_UNIQUE, "Another order has this id.", "input", "etsyOrderId")
                .add("orders.items", REQUIRED, "An order has lines.", "input", "lines")
                .add("orders_items_shape", INVALID, "An order has 1 to 100 lines.", "input", "lines")
                .add("orders.subtotal", REQUIRED, NOT_AS_SOLD, "input", "lines")
                .add("orders_subtotal_adds_up", INVALID, NOT_AS_SOLD, "input", "lines")
                .add("orders.total_amount", REQUIRED, NOT_AS_SOLD, "input", "lines")
                .add("orders_total_adds_up", INVALID, NOT_AS_SOLD, "input", "lines")
                .add("orders_total_not_negative", OUT_OF_RANGE, NOT_AS_SOLD, "input", "lines")
                .add("orders.discount", REQUIRED, NOT_AS_SOLD, "input", "lines")
                .add("orders_discount_not_negative", OUT_OF_RANGE, NOT_AS_SOLD, "input", "lines")
                .add("orders.shipping", REQUIRED, NOT_AS_SOLD, "input", "lines")
                .add("orders_shipping_not_negative", OUT_OF_RANGE, NOT_AS_SOLD, "input", "lines")
                .add("orders.tax", REQUIRED, NOT_AS_SOLD, "input", "lines")
                .add("orders_tax_not_negative", OUT_OF_RANGE, NOT_AS_SOLD, "input", "lines")
                .add("orders.status", REQUIRED, NOT_AS_SOLD, "input", "id")
                .add("orders_status_known", INVALID, NOT_AS_SOLD, "input", "id")
                .add("orders_reserved_while_pending", TRANSITION_BLOCKED, NOT_AS_SOLD, "input", "id")
                .add("orders_user_fkey", INVALID, "There is no such user.", "input", "id")
                .add("orders_transition", TRANSITION_BLOCKED, CHANGED, "input", "id")
                .add("orders_transition_by_owner", TRANSITION_BLOCKED, CHANGED, "input", "id")
                .backstops("input", "orders.id");
    }
}
