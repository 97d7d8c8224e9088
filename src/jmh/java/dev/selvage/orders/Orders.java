package dev.selvage.orders;

import dev.selvage.kernel.Listing;

/** The list of orders. */
public final class Orders {
    public static final Listing<Order> LIST = OrderRepository.ORDERS;

    private Orders() {}
}
