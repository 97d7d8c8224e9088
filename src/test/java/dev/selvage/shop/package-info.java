/** A whole shop, to which everybody comes and sends whatever they like. */
@NullMarked
package dev.selvage.shop;

import org.jspecify.annotations.NullMarked;
