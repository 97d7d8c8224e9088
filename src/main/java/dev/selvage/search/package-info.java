/** One search across the kinds of records. */
@NullMarked
package dev.selvage.search;

import org.jspecify.annotations.NullMarked;
