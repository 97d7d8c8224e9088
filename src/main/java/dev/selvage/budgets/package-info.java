/** What callers may spend: a leaky bucket of cost points for each of them, here or shared by all instances. */
@NullMarked
package dev.selvage.budgets;

import org.jspecify.annotations.NullMarked;
