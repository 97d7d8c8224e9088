/** What consignors hand in for an event. */
@NullMarked
package dev.selvage.inventory;

import org.jspecify.annotations.NullMarked;
