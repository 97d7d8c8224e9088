/**
 * What {@code mvn spring-boot:run} brings along, so that a clone needs nothing else: PostgreSQL, demo data and an
 * issuer of tokens. The packaged jar has none of it.
 */
@NullMarked
package dev.selvage.local;

import org.jspecify.annotations.NullMarked;
