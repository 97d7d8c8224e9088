package dev.selvage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an entry of the change log tells of each column: the rules, in the one place where tests say them. */
final class ChangeColumns {
    /**
     * Told with their values; only that they changed, because they are personal; not told. What the database works out itself
     * is not told and stands nowhere here.
     */
    private static final String COLUMNS = """
            users               | user           | values   | role email_verified issuer
            users               | user           | personal | email name image subject
            users               | user           | untold   | id version created_at updated_at
            consignors          | consignor      | values   | number user_id preferred_contact
            consignors          | consignor      | personal | name email phone address
            consignors          | consignor      | untold   | id version created_at updated_at
            events              | event          | values   | name description location start_date end_date drop_off_start drop_off_end
            events              | event          | values   | pick_up_start pick_up_end max_consignors registered_count status
            events              | event          | untold   | id version created_at updated_at
            event_registrations | registration   | values   | event_id consignor_id status
            event_registrations | registration   | untold   | id version created_at updated_at
            inventory_items     | inventory_item | values   | event_id consignor_id name description category size price condition status
            inventory_items     | inventory_item | values   | rejection_reason barcode order_id
            inventory_items     | inventory_item | untold   | id version created_at updated_at event_status user_id
            fabrics             | fabric         | values   | name description category subcategory price weight width composition
            fabrics             | fabric         | values   | care_instructions stock_quantity images tags etsy_listing_id archived_at
            fabrics             | fabric         | untold   | id version created_at updated_at
            orders              | order          | values   | user_id items subtotal discount shipping tax total_amount status
            orders              | order          | values   | etsy_order_id tracking_number reserved_until
            orders              | order          | personal | customer_email customer_name shipping_address notes
            orders              | order          | untold   | id version created_at updated_at
            content_calendar    | calendar_entry | values   | user_id platform content_type title description media_urls hashtags
            content_calendar    | calendar_entry | values   | scheduled_date published published_date engagement_metrics
            content_calendar    | calendar_entry | untold   | id version created_at updated_at
            analytics           | metric         | values   | metric_type metric_value date platform
            analytics           | metric         | untold   | id created_at
            client_apps         | client_app     | values   | client_id name policy
            client_apps         | client_app     | untold   | id version created_at updated_at
            """;

    private record Line(String table, String topic, String told, List<String> columns) {}

    private static final List<Line> LINES = COLUMNS.lines()
            .map(line -> Stream.of(line.split("\\|")).map(String::trim).toList())
            .map(cells -> new Line(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    Arrays.asList(cells.get(3).split(" "))))
            .toList();

    /** The topic of each table whose changes are written down. */
    static final Map<String, String> TOPICS =
            LINES.stream().collect(toMap(Line::table, Line::topic, (one, _) -> one, LinkedHashMap::new));

    private ChangeColumns() {}

    /** All columns, as {@code table.column}. */
    static List<String> all() {
        return LINES.stream()
                .flatMap(line -> line.columns.stream().map(column -> line.table + "." + column))
                .toList();
    }

    static Set<String> values(String table) {
        return told(table, "values");
    }

    static Set<String> personal(String table) {
        return told(table, "personal");
    }

    private static Set<String> told(String table, String told) {
        return LINES.stream()
                .filter(line -> line.table.equals(table) && line.told.equals(told))
                .flatMap(line -> line.columns.stream())
                .collect(toSet());
    }
}
