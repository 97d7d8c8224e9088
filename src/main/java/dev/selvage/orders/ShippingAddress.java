package dev.selvage.orders;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.UserError.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Where an order is to be sent, as it was sent in. */
final class ShippingAddress {
    /** Parts by their names in the schema, and in {@code orders.shipping_address}. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        for (var part : List.of("line1", "line2", "city", "region", "country")) {
            PARTS.put(part, part);
        }
        PARTS.put("postalCode", "postal_code");
    }

    private static final int LONGEST_PART = 200;

    private ShippingAddress() {}

    /** As JSON, or an empty text where there is none. What is wrong with it is collected. */
    static String read(@Nullable Input input) {
        if (input == null) {
            return "";
        }
        var address = new LinkedHashMap<String, String>();
        PARTS.forEach((field, name) -> {
            var part = input.text(field);
            if (part != null && part.codePointCount(0, part.length()) > LONGEST_PART) {
                input.refuse(field, ErrorCode.TOO_LONG, "At most " + LONGEST_PART + " characters.");
            } else if (part != null && part.isBlank() && !field.equals("line2") && !field.equals("region")) {
                input.refuse(field, ErrorCode.REQUIRED, "An address needs this.");
            } else if (part != null && !part.isBlank()) {
                address.put(name, part.strip());
            }
        });
        return JsonMapper.shared().writeValueAsString(address);
    }
}
