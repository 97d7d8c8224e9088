package dev.selvage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.SchemaWiring;
import dev.selvage.support.Gateway;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the table refuses is told in the words of the contract. */
class InventoryConstraintsTest {
    /** What no input reaches: it is written by the gateway's own statements, from constants and from other rows. */
    private static final Set<String> UNREACHABLE = Set.of(
            "inventory_items.event_id",
            "inventory_items.event_status",
            "inventory_items.consignor_id",
            "inventory_items.user_id",
            "inventory_items.status",
            "inventory_items_event_fkey",
            "inventory_items_owner_fkey",
            "inventory_items_order_fkey",
            "inventory_items_status_known",
            "inventory_items_sold_by_order",
            "inventory_items_rejected_for_a_reason",
            "inventory_items_approved_has_barcode",
            "inventory_items_barcode_shape",
            "inventory_items_barcode_unique",
            "inventory_items_barcode_kept",
            "inventory_items_in_a_draft",
            "inventory_items_in_a_cancelled_event",
            "inventory_items_in_a_completed_event");

    private static final Gateway gateway = Gateway.running();

    @Test
    void everyConstraintThatAnInputReachesHasAMeaningForCallers() {
        var names = gateway.database().query("""
                        SELECT conname FROM pg_constraint
                         WHERE conrelid = 'inventory_items'::regclass AND contype IN ('c', 'u', 'f')
                         UNION ALL
                        SELECT tgname FROM pg_trigger
                         WHERE tgrelid = 'inventory_items'::regclass AND NOT tgisinternal
                           AND (SELECT prosrc FROM pg_proc WHERE oid = tgfoid) LIKE '%check_violation%'
                         UNION ALL
                        SELECT 'inventory_items.' || attname FROM pg_attribute
                         WHERE attrelid = 'inventory_items'::regclass AND attnum > 0 AND attnotnull AND attgenerated = ''
                           AND attname NOT IN ('id', 'version', 'created_at', 'updated_at')""", row -> row.getString(1));

        assertThat(names).containsAll(UNREACHABLE);
        assertThat(gateway.bean(SchemaWiring.class).constraints())
                .containsAll(names.stream()
                        .filter(name -> !UNREACHABLE.contains(name))
                        .toList());
    }
}
