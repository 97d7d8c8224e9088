package dev.selvage.consignors;

import dev.selvage.kernel.Rule;

/** What may become of a consignor. */
final class ConsignorRules {
    static final Rule UPDATE = Rule.of("updateConsignor");

    private ConsignorRules() {}
}
