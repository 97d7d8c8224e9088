package dev.selvage.support;

import java.util.List;
import java.util.Locale;

/** Thousands of items of one event and one category, so many of them alike that every sort has long ties. */
public final class ManyItems {
    private final Gateway gateway;
    private final Given.Event event;
    private final Given.Consignor owner;
    private final Given.Consignor other;
    private final String category = Given.unique("category");

    public ManyItems(Gateway gateway, int items) {
        var given = new Given(gateway);
        this.gateway = gateway;
        this.event = given.event("published");
        this.owner = given.consignor();
        this.other = given.consignor();
        insert(items, "'Item ' || n % 11", "1 + n % 7", "timestamptz '2026-01-01 00:00Z' + n % 13 * interval '1 hour'");
    }

    public Given.Event event() {
        return event;
    }

    public String category() {
        return category;
    }

    /** Whose some of the unlisted items are. */
    public Given.User owner() {
        return owner.user();
    }

    /** Some rows that come before all others in every sort, some that come after, and some that tie with the middle. */
    public void addEverywhere() {
        insert(5, "'AAA'", "0.01", "timestamptz '2020-01-01 00:00Z'");
        insert(5, "'ZZZ'", "99999", "timestamptz '2030-01-01 00:00Z'");
        insert(5, "'Item ' || n", "n", "timestamptz '2026-01-01 00:00Z' + n * interval '1 hour'");
    }

    private void insert(int items, String name, String price, String createdAt) {
        var text = """
            INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, size, price,
                                         condition, status, barcode, created_at)
            SELECT %1$d, 'published', consignor.id, consignor.user_id, %6$s, '%4$s', 'M', %7$s, 'good', status,
                   CASE WHEN status = 'approved' THEN barcode(nextval('inventory_items_barcode_seq')) END, %8$s
              FROM (SELECT n, CASE WHEN n %% 5 < 3 THEN 'approved' ELSE 'pending' END AS status,
                           CASE WHEN n %% 3 = 0 THEN %2$d ELSE %3$d END AS consignor_id
                      FROM generate_series(1, %5$d) n) item
              JOIN consignors consignor ON consignor.id = item.consignor_id
            """.formatted(event.id(), owner.id(), other.id(), category, items, name, price, createdAt);
        gateway.database().execute("selvage_owner", text);
    }

    /**
     * Their global ids in the order of the list, as far as this condition of SQL holds.
     *
     * @param direction {@code ASC} or {@code DESC}
     */
    public List<String> ids(String column, String direction, String condition) {
        return gateway.database()
                .query(
                        String.format(
                                Locale.ROOT,
                                "SELECT id FROM inventory_items WHERE event_id = %d AND (%s) ORDER BY %s %s, id %s",
                                event.id(),
                                condition,
                                column,
                                direction,
                                direction),
                        row -> new Given.Item(row.getLong(1)).globalId());
    }
}
