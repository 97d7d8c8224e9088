package dev.selvage.orders;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where an order is sent; any part of an imported one may be unknown. */
public record Address(
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country) {

    /** As {@code orders.shipping_address} has it. */
    static Address of(JsonNode address) {
        return new Address(
                text(address, "line1"),
                text(address, "line2"),
                text(address, "city"),
                text(address, "region"),
                text(address, "postal_code"),
                text(address, "country"));
    }

    private static @Nullable String text(JsonNode address, String part) {
        var text = address.path(part);
        return text.isString() ? text.asString() : null;
    }
}
