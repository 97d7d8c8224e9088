/** Who signs in. */
@NullMarked
package dev.selvage.users;

import org.jspecify.annotations.NullMarked;
