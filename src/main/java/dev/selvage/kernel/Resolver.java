package dev.selvage.kernel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How a field of the schema is answered. */
public sealed interface Resolver {

    /** From the record that the field belongs to, and from nothing else: while the answer is written. */
    @FunctionalInterface
    non-sealed interface OfRecord extends Resolver {
        /** @throws Refusal why the field is null */
        @Nullable
        Object of(Object record);
    }

    /** For all records of a level at once, by what is read for them together. */
    @FunctionalInterface
    non-sealed interface OfLevel extends Resolver {
        /**
         * Says what has to be read.
         *
         * @param records those that the field belongs to, at least one
         * @param arguments checked by the schema, the same for all of them
         * @return the field's values, to be asked for once the round has been read
         * @throws Refusal why the field is null for all of them
         */
        Values ask(List<?> records, Map<String, Object> arguments, Round round);
    }

    /** By changing something: a field of the root type {@code Mutation}. */
    @FunctionalInterface
    non-sealed interface OfChange extends Resolver {
        /**
         * Makes the change.
         *
         * @param arguments checked by the schema
         * @param key what the caller names it by, so that it is made once however often it is sent; null if they do not
         */
        Mono<?> change(Map<String, Object> arguments, @Nullable String key, Operation operation);
    }

    /** What one field is for each record of a level. */
    @FunctionalInterface
    interface Values {
        /**
         * The value for one of them.
         *
         * @param index of the record in what was asked for
         * @throws Refusal why it is null
         */
        @Nullable
        Object of(int index);
    }
}
