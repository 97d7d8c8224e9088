/** What happened to every record: the change feed and the audit trail, over the one table that the database writes itself. */
@NullMarked
package dev.selvage.changes;

import org.jspecify.annotations.NullMarked;
