/** Consignment sales, and the consignors' places at them. */
@NullMarked
package dev.selvage.events;

import org.jspecify.annotations.NullMarked;
