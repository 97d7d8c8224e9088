package dev.selvage.orders;

import dev.selvage.fabrics.Stock;
import dev.selvage.inventory.Sales;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError.ErrorCode;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code Mutation.placeOrder}: takes stock and items, and writes the order at the prices that they have in this transaction.
 * All of it or nothing.
 */
@Component
class PlaceOrder implements Mutation<Order> {
    /** What a column of money holds. */
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("9999999999.99");

    private final OrderRepository orders;
    private final Stock stock;
    private final Sales sales;
    private final UnavailableLines unavailable;

    PlaceOrder(OrderRepository orders, Stock stock, Sales sales) {
        this.orders = orders;
        this.stock = stock;
        this.sales = sales;
        this.unavailable = new UnavailableLines(stock, sales);
    }

    @Override
    public Mono<Payload<Order>> change(Input input) {
        var wanted = WantedLines.read(input);
        var customerName = Objects.requireNonNullElse(input.text("customerName"), "");
        var notes = Objects.requireNonNullElse(input.text("notes"), "");
        var address = ShippingAddress.read(input.in("shippingAddress"));
        if (!input.errors().isEmpty()) {
            return Mono.just(Payload.refused(input.errors()));
        }
        // Sent together: the database does one after the other.
        return Mono.zip(orders.open(), stock.take(wanted.fabricIds(), wanted.units()), sales.sell(wanted.items()))
                .flatMap(taken -> {
                    var lines = new TakenLines(wanted, taken.getT2(), taken.getT3());
                    if (!lines.areAll()) {
                        return unavailable.why(input, lines).map(Payload::refused);
                    }
                    lines.refuseRepeated(input);
                    if (lines.subtotal().compareTo(LARGEST_AMOUNT) > 0) {
                        input.refuse("lines", ErrorCode.OUT_OF_RANGE, "This is more than one order can cost.");
                    }
                    return input.errors().isEmpty()
                            ? orders.insert(
                                            customerName,
                                            (String) Objects.requireNonNull(input.value("customerEmail")),
                                            lines.json(),
                                            lines.subtotal(),
                                            address,
                                            notes)
                                    .map(Payload::of)
                            : Mono.just(Payload.refused(input.errors()));
                });
    }

    /** Who placed it without a name sees it again by sending the same under the same key. */
    @Override
    public Mono<?> recall(GlobalId id) {
        return orders.show(UUID.fromString(id.key()));
    }
}
