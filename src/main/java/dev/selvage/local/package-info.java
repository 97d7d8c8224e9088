/**
 * What {@code mvn spring-boot:run} brings along, so that a clone needs nothing else: PostgreSQL, demo data, a token issuer.
 * The packaged jar has none of it.
 */
@NullMarked
package dev.selvage.local;

import org.jspecify.annotations.NullMarked;
