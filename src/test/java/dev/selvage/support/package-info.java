/** What tests lean on: a real PostgreSQL, a running gateway, callers, and rows to ask for. */
@NullMarked
package dev.selvage.support;

import org.jspecify.annotations.NullMarked;
