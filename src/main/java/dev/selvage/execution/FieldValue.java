package dev.selvage.execution;

import dev.selvage.execution.Level.Refused;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Resolver;
import org.jspecify.annotations.Nullable;

/** What a field that is worked out from a record is for the one who asks. */
final class FieldValue {
    private FieldValue() {}

    /** The value, or a {@link Refused}. */
    static @Nullable Object of(SelectedField field, Object record, Operation operation) {
        if (field.rule() != null) {
            var refused = refusal(field, record, operation);
            if (refused != null) {
                return refused;
            }
        }
        try {
            return ((Resolver.OfRecord) field.resolver()).of(record);
        } catch (RuntimeException why) {
            return new Refused(why);
        }
    }

    /** Why the viewer does not see a field of this record; null if they do. */
    static @Nullable Refused refusal(SelectedField field, Object record, Operation operation) {
        var rule = field.rule();
        Refusal refusal = rule == null ? null : rule.refusal(operation.viewer(), record);
        return refusal == null ? null : new Refused(refusal);
    }
}
