package dev.selvage.execution;

import graphql.language.SourceLocation;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param json {@code {"data": …}}: an object, or null where an error rose to the root
 */
public record Answer(ByteBuffer json, List<FieldError> errors) {

    /**
     * Why one field is null.
     *
     * @param path names of fields and indexes of lists
     */
    public record FieldError(Throwable why, @Nullable SourceLocation location, List<Object> path) {}
}
