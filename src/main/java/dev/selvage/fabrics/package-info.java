/** What the shop sells by the unit. */
@NullMarked
package dev.selvage.fabrics;

import org.jspecify.annotations.NullMarked;
