package dev.selvage.kernel;

import dev.selvage.kernel.UserError.Blocker;
import dev.selvage.kernel.UserError.ErrorCode;

/**
 * What has to hold of a row for a change to be made.
 *
 * @param blocker what it is to a caller if it does not hold
 * @param condition in SQL, of the row's own columns, of other tables and of the viewer; unknown counts as not holding
 */
record Guard(Blocker blocker, String condition) {
    static Guard of(ErrorCode code, String sentence, String condition) {
        return new Guard(new Blocker(code, sentence), condition);
    }
}
