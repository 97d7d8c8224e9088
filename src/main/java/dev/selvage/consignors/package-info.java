/** People who hand in items to be sold. */
@NullMarked
package dev.selvage.consignors;

import org.jspecify.annotations.NullMarked;
