package dev.selvage.kernel;

import dev.selvage.kernel.UserError.Blocker;
import dev.selvage.kernel.UserError.CapacityReached;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.kernel.UserError.OutOfStock;
import dev.selvage.kernel.UserError.TransitionBlocked;
import dev.selvage.kernel.UserError.VersionConflict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why one of many changes was not made, as it is kept with the key of all of them.
 *
 * @param id of the record that it shows, which is read anew
 * @param number what there is of it, or room for
 */
record KeptError(
        ErrorCode code,
        String message,
        @Nullable List<String> path,
        @Nullable String id,
        @Nullable Integer number,
        @Nullable String from,
        @Nullable String to,
        @Nullable List<Blocker> blockers) {

    static KeptError of(UserError error, NodeTypes nodeTypes) {
        return switch (error) {
            case InputError one -> of(one, null, null);
            case VersionConflict one -> of(one, nodeTypes.globalId(one.current()), null);
            case OutOfStock one -> of(one, nodeTypes.globalId(one.subject()), one.available());
            case CapacityReached one -> of(one, null, one.capacity());
            case TransitionBlocked one ->
                new KeptError(one.code(), one.message(), one.path(), null, null, one.from(), one.to(), one.blockers());
        };
    }

    private static KeptError of(UserError error, @Nullable String id, @Nullable Integer number) {
        return new KeptError(error.code(), error.message(), error.path(), id, number, null, null, null);
    }

    /** @param records by their ids; without the one that it shows it is told all the same */
    UserError error(Map<String, Object> records) {
        var record = id == null ? null : records.get(id);
        if (from != null && to != null && blockers != null) {
            return new TransitionBlocked(code, message, path, from, to, blockers);
        }
        if (record != null) {
            return number == null
                    ? new VersionConflict(code, message, path, record)
                    : new OutOfStock(code, message, path, record, number);
        }
        return number == null || id != null
                ? new InputError(code, message, path)
                : new CapacityReached(code, message, path, number);
    }
}
