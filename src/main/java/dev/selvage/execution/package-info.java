/** The engine: documents are planned once, and their answers read level by level and written as JSON. */
@NullMarked
package dev.selvage.execution;

import org.jspecify.annotations.NullMarked;
