/** The edge: transport, tokens, documents and errors. It knows no domain. */
@NullMarked
package dev.selvage.gateway;

import org.jspecify.annotations.NullMarked;
