package dev.selvage.analytics;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Money;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Sql;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class SalesRepository {
    /** Before and after all days that the schema's {@code Date} can name. */
    private static final LocalDate FIRST_DAY = LocalDate.of(-1, 1, 1);

    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final Comparator<SalesGroup> BY_KEY =
            Comparator.comparing(SalesGroup::key, SalesRepository::compare);

    static final Sql SALES = Sql.of("SELECT key, orders, units, revenue FROM sales($1, $2, $3, $4, $5)");

    private final Database database;
    private final String zone;

    /** @param zone IANA name; its days are those of the figures */
    SalesRepository(Database database, @Value("${gateway.time-zone}") String zone) {
        this.database = database;
        this.zone = zone;
    }

    /** Groups the lines of all orders of these days, both inclusive, in the order of the keys. */
    Mono<List<SalesGroup>> findAll(@Nullable LocalDate first, @Nullable LocalDate last, List<SalesDimension> by) {
        var dimensions = by.stream()
                .map(dimension -> dimension.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        var statement = SALES.with(
                dimensions,
                Objects.requireNonNullElse(first, FIRST_DAY),
                Objects.requireNonNullElse(last, LAST_DAY),
                zone,
                AnalyticsFields.MAX_GROUPS + 1);
        // The database knows events by other names, so its order is not that of the keys.
        return database.query(statement, row -> toGroup(by, row))
                .map(groups -> groups.stream().sorted(BY_KEY).toList());
    }

    private static SalesGroup toGroup(List<SalesDimension> by, Columns row) {
        return new SalesGroup(
                key(by, row.words()),
                whole(row.bigint()),
                whole(row.bigint()),
                new Money(row.decimal().setScale(2, RoundingMode.UNNECESSARY)));
    }

    /** Events are told by their global ids. */
    private static List<@Nullable String> key(List<SalesDimension> by, List<@Nullable String> words) {
        var key = new ArrayList<@Nullable String>(words.size());
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            key.add(word != null && by.get(i) == SalesDimension.EVENT ? GlobalId.of("Event", word) : word);
        }
        return key;
    }

    private static int compare(List<@Nullable String> key, List<@Nullable String> other) {
        var entries = Comparator.<@Nullable String>nullsLast(Comparator.naturalOrder());
        return IntStream.range(0, key.size())
                .map(i -> entries.compare(key.get(i), other.get(i)))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    private static int whole(long count) {
        if (count > Integer.MAX_VALUE) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED, "A group has more than 2,147,483,647 units. Ask for a shorter time.");
        }
        return (int) count;
    }
}
