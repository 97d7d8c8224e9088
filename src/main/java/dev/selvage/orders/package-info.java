/** What customers bought: fabrics, consigned items, or both. */
@NullMarked
package dev.selvage.orders;

import org.jspecify.annotations.NullMarked;
