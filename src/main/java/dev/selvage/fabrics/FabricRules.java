package dev.selvage.fabrics;

import dev.selvage.kernel.Rule;
import dev.selvage.kernel.UserError.ErrorCode;

/** What may become of a fabric. */
final class FabricRules {
    static final Rule UPDATE = whileOffered("updateFabric");
    static final Rule ARCHIVE = whileOffered("archiveFabric");

    private FabricRules() {}

    private static Rule whileOffered(String mutation) {
        return Rule.of(mutation)
                .when(ErrorCode.TRANSITION_BLOCKED, "This fabric is archived, and stays as it is.", "NOT archived");
    }
}
