@NullMarked
package dev.selvage;

import org.jspecify.annotations.NullMarked;
