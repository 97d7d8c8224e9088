/**
 * What every domain leans on: the viewer, the one transaction of an operation, statements, ids, pages, and the lines that
 * wire them to the schema. It knows no domain and no HTTP.
 */
@NullMarked
package dev.selvage.kernel;

import org.jspecify.annotations.NullMarked;
