/** What was recorded day by day, and what the orders add up to. */
@NullMarked
package dev.selvage.analytics;

import org.jspecify.annotations.NullMarked;
