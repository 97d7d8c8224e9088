package dev.selvage.execution;

import graphql.language.SourceLocation;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param json {@code {"data": …}}: an object, or null where an error rose to the root
 * @param cost of what was answered, in units of {@code @cost}: never more than was asked for
 */
public record Answer(ByteBuffer json, List<FieldError> errors, int cost) {

    /**
     * Why one field is null.
     *
     * @param path names of fields and indexes of lists
     */
    public record FieldError(Throwable why, @Nullable SourceLocation location, List<Object> path) {}
}
