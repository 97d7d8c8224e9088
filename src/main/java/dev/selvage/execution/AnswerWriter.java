package dev.selvage.execution;

import dev.selvage.execution.Answer.FieldError;
import dev.selvage.execution.Level.Refused;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer whose levels have been read, field by field as the document has them. A null where none may be takes back
 * what stands around it, up to the next thing that may be null.
 */
final class AnswerWriter {
    private static final byte[] DATA = JsonOutput.bytes("{\"data\":");
    private static final int EXPECTED_BYTES = 1024;

    /** Fields that failed one by one: an error is larger than the value it stands for. */
    private static final int MAX_ERRORS = 1_000;

    private final Operation operation;
    private final JsonOutput out;
    private final List<FieldError> errors = new ArrayList<>();
    private final Path path = new Path();
    private int cost;

    /** @param limit bytes that an answer may have */
    AnswerWriter(Operation operation, int limit) {
        this.operation = operation;
        this.out = new JsonOutput(EXPECTED_BYTES, limit);
    }

    /** Writes the answer of the root. */
    Answer write(Plan plan, Level root, Object record) {
        out.raw(DATA);
        if (!writeFields(plan.root(), record, root, 0)) {
            out.truncate(DATA.length);
            out.writeNull();
        }
        out.raw('}');
        return new Answer(out.written(), errors, cost);
    }

    /**
     * Writes an object.
     *
     * @param level where its fields that had to be read are; null if it has none
     * @param row its place there
     * @return false if something is null that must not be
     */
    private boolean writeFields(SelectedType type, Object record, @Nullable Level level, int row) {
        cost += type.cost();
        out.raw('{');
        for (var field : type.fields()) {
            out.write(field.key());
            path.enter(field.name());
            boolean written = field.isRead()
                    ? writeRead(field, Objects.requireNonNull(level).column(field), row)
                    : write(field, field.output(), value(field, record), null, -1);
            path.leave();
            if (!written) {
                return false;
            }
        }
        out.raw('}');
        return true;
    }

    private boolean writeRead(SelectedField field, Level.Column column, int row) {
        var below = column.below();
        return write(field, field.output(), column.value(row), below, below == null ? -1 : column.firstBelow(row));
    }

    private @Nullable Object value(SelectedField field, Object record) {
        return FieldValue.of(field, record, operation);
    }

    /** @param first where in the level below the first of the value's objects stands */
    private boolean write(
            SelectedField field, Output output, @Nullable Object value, @Nullable Level below, int first) {
        if (value == null) {
            if (output.required()) {
                return refused(field, new IllegalStateException("Null where none may be"), true);
            }
            out.writeNull();
            return true;
        }
        if (value instanceof Refused(var why)) {
            return refused(field, why, output.required());
        }
        int before = out.size();
        boolean written = switch (output) {
            case Output.Leaf leaf -> writeLeaf(field, leaf, value);
            case Output.Composite composite -> writeFields(composite.selection().of(value), value, below, first);
            case Output.Many many -> writeElements(field, many, (List<?>) value, below, first);
        };
        if (written) {
            return true;
        }
        out.truncate(before);
        if (output.required()) {
            return false;
        }
        out.writeNull();
        return true;
    }

    private boolean writeElements(
            SelectedField field, Output.Many many, List<?> values, @Nullable Level below, int first) {
        if (values.size() > many.most()) {
            tell(field, tooLong(many.most()));
            return false;
        }
        out.raw('[');
        for (int i = 0; i < values.size(); i++) {
            out.separate();
            path.enter(i);
            boolean written = write(field, many.element(), values.get(i), below, first + i);
            path.leave();
            if (!written) {
                return false;
            }
        }
        out.raw(']');
        return true;
    }

    /** What it would cost was said before it was read. */
    private static Refusal tooLong(int most) {
        return new Refusal(
                Code.LIMIT_EXCEEDED,
                "This list has more than the " + most + " entries that it may have. Ask without it.");
    }

    private boolean writeLeaf(SelectedField field, Output.Leaf leaf, Object value) {
        try {
            leaf.format().write(out, value);
            return true;
        } catch (JsonOutput.Full full) {
            throw full;
        } catch (RuntimeException unwritable) {
            tell(field, unwritable);
            return false;
        }
    }

    private boolean refused(SelectedField field, Throwable why, boolean required) {
        tell(field, why);
        if (required) {
            return false;
        }
        out.writeNull();
        return true;
    }

    private void tell(SelectedField field, Throwable why) {
        if (errors.size() == MAX_ERRORS) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "More than " + MAX_ERRORS
                            + " fields of this failed, each of them with an error. Leave out what is not"
                            + " yours to see.");
        }
        errors.add(new FieldError(why, field.location(), path.toList()));
    }
}
