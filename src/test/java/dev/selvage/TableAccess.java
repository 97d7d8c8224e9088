package dev.selvage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Who may do what with which rows of each table: the domain's rules, in the one place where tests say them. */
final class TableAccess {
    /**
     * A dash is a right that is not granted. With a right go rows: all, or what else {@link TableRows} knows, several joined
     * by {@code +}, or none; {@code &} joins what has to hold together. Whoever changes a row has to see it besides. An
     * UPDATE says which rows it changes and, behind {@code >}, what they may become; without that, the same. Whatever stands
     * nowhere here, a table or a right, is a failure.
     */
    private static final String ACCESS = """
            command  table                anonymous  user        integrator                              admin  system
            SELECT   users                none       own         none                                    all    all
            INSERT   users                -          -           -                                       -      newcomer
            UPDATE   users                -          own         -                                       all    all
            SELECT   consignors           none       own         read:consignors                         all    all
            INSERT   consignors           -          own         -                                       all    -
            UPDATE   consignors           -          own         -                                       all    -
            SELECT   events               listed     listed+own  listed+read:inventory+read:consignors   all    all
            INSERT   events               -          -           -                                       all    -
            UPDATE   events               -          -           -                                       all    all
            SELECT   event_registrations  none       own         read:consignors                         all    all
            INSERT   event_registrations  -          -           -                                       -      all
            UPDATE   event_registrations  -          own>cancelled -                                     all    all
            SELECT   inventory_items      listed     listed+own  listed+read:inventory                   all    all
            INSERT   inventory_items      -          own         -                                       all    -
            UPDATE   inventory_items      -          own         write:inventory                         all    all
            SELECT   fabrics              all        all         all                                     all    all
            INSERT   fabrics              -          -           write:fabrics                           all    -
            UPDATE   fabrics              -          -           write:fabrics                           all    all
            SELECT   orders               placed     own         read:orders+placed                      all    all
            INSERT   orders               placed&guest  placed&own  placed&guest                          placed&own  -
            UPDATE   orders               -          own>cancelled  write:orders                            all    guest+pending>owned+cancelled
            SELECT   content_calendar     none       own         read:calendar                           all    all
            INSERT   content_calendar     -          made        -                                       all    -
            UPDATE   content_calendar     -          own         write:calendar                          all    -
            DELETE   content_calendar     -          own         -                                       all    -
            SELECT   analytics            none       none        read:analytics                          all    -
            INSERT   analytics            -          -           write:analytics                         all    -
            UPDATE   analytics            -          -           write:analytics                         all    -
            SELECT   idempotency_keys     -          -           -                                       -      all
            INSERT   idempotency_keys     -          -           -                                       -      all
            UPDATE   idempotency_keys     -          -           -                                       -      all
            DELETE   idempotency_keys     -          -           -                                       -      all
            SELECT   changes              -          -           read:changes                            all    all
            INSERT   changes              -          -           -                                       -      none
            SELECT   client_apps          none       none        none                                    all    all
            INSERT   client_apps          -          -           -                                       all    gateways
            UPDATE   client_apps          -          -           -                                       all    -
            SELECT   persisted_documents  -          -           write:documents                         all    all
            INSERT   persisted_documents  -          -           write:documents                         all    gateways
            UPDATE   persisted_documents  -          -           write:documents                         all    all
            SELECT   document_ids         -          -           write:documents                         all    all
            INSERT   document_ids         -          -           write:documents                         all    -
            """;

    /** The columns that a right is for; one that stands nowhere here is for all of them. */
    private static final String COLUMNS = """
            UPDATE users user: name image
            UPDATE users admin: name image role
            INSERT consignors user+admin: user_id name email phone address preferred_contact
            UPDATE consignors user+admin: name email phone address preferred_contact
            INSERT events admin: name description location start_date end_date drop_off_start drop_off_end pick_up_start \
            pick_up_end max_consignors
            UPDATE events admin: name description location start_date end_date drop_off_start drop_off_end pick_up_start \
            pick_up_end max_consignors status
            UPDATE events system: registered_count status
            INSERT event_registrations system: event_id consignor_id status
            UPDATE event_registrations user+admin+system: status
            INSERT inventory_items user+admin: event_id event_status consignor_id user_id name description category size \
            price condition
            UPDATE inventory_items user: name description category size price condition status
            UPDATE inventory_items integrator: status rejection_reason
            UPDATE inventory_items admin: name description category size price condition status rejection_reason
            INSERT fabrics integrator+admin: name description category subcategory price weight width composition \
            care_instructions stock_quantity images tags etsy_listing_id
            UPDATE fabrics integrator+admin: name description category subcategory price weight width composition \
            care_instructions stock_quantity images tags etsy_listing_id archived_at
            UPDATE fabrics system: stock_quantity
            INSERT orders anonymous+user+integrator+admin: id user_id customer_email customer_name items subtotal total_amount \
            shipping_address notes reserved_until
            UPDATE orders user: status reserved_until
            UPDATE orders integrator+admin: status reserved_until tracking_number
            INSERT content_calendar user+admin: platform content_type title description media_urls hashtags scheduled_date
            UPDATE content_calendar user+admin: platform content_type title description media_urls hashtags scheduled_date \
            published published_date engagement_metrics
            INSERT analytics integrator+admin: metric_type metric_value date platform
            UPDATE analytics integrator+admin: metric_value
            INSERT client_apps admin+system: client_id name policy
            UPDATE client_apps admin: name policy
            INSERT persisted_documents integrator+admin+system: client_id hash text operation_name cost app_versions
            UPDATE persisted_documents integrator+admin: cost app_versions retired_at
            UPDATE persisted_documents system: cost app_versions retired_at last_used_at
            INSERT document_ids integrator+admin: client_id custom_id document_id
            UPDATE content_calendar integrator: published published_date engagement_metrics
            """;

    record Right(String command, String table, String role) {}

    /** Of what there was before and what there is afterwards, each in the words of {@link TableRows}. */
    record Rows(Set<String> before, Set<String> after) {}

    static final List<String> ROLES = List.of("anonymous", "user", "integrator", "admin", "system");

    private static final Map<Right, Rows> ROWS = read();

    static final Set<Right> RIGHTS = ROWS.keySet();
    static final List<String> TABLES =
            RIGHTS.stream().map(Right::table).distinct().toList();

    private static final Map<Right, Set<String>> GRANTED_COLUMNS = readColumns();

    private TableAccess() {}

    /** The columns that a right is for; empty if it is for all of them. */
    static Set<String> columns(Right right) {
        return GRANTED_COLUMNS.getOrDefault(right, Set.of());
    }

    private static Map<Right, Set<String>> readColumns() {
        var columns = new LinkedHashMap<Right, Set<String>>();
        COLUMNS.lines().forEach(line -> {
            var sides = line.split(": ", 2);
            var head = List.of(sides[0].split(" ", 3));
            words(head.get(2))
                    .forEach(role ->
                            columns.put(new Right(head.get(0), head.get(1), role), Set.of(sides[1].split(" ", -1))));
        });
        return columns;
    }

    static Rows rows(Right right) {
        return Objects.requireNonNull(ROWS.get(right));
    }

    private static Map<Right, Rows> read() {
        var rows = new LinkedHashMap<Right, Rows>();
        for (var line : ACCESS.lines().skip(1).toList()) {
            var cells = List.of(line.split(" +"));
            for (int role = 0; role < ROLES.size(); role++) {
                var sides = List.of(cells.get(role + 2).split(">"));
                if (!sides.getFirst().equals("-")) {
                    rows.put(
                            new Right(cells.get(0), cells.get(1), ROLES.get(role)),
                            new Rows(words(sides.getFirst()), words(sides.getLast())));
                }
            }
        }
        return rows;
    }

    private static Set<String> words(String side) {
        return Set.of(side.split("\\+"));
    }
}
