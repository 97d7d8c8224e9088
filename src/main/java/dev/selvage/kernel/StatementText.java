package dev.selvage.kernel;

import dev.selvage.kernel.Statement.Kind;
import java.util.ArrayList;
import java.util.List;

/** Statement text that numbers its values as they come. */
final class StatementText {
    private final StringBuilder text = new StringBuilder(512);
    private final List<Object> values = new ArrayList<>();

    StatementText add(String part) {
        text.append(part);
        return this;
    }

    String bind(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    String bind(Cursors.Position position) {
        return "(" + bind(position.sortKey()) + ", " + bind(position.id()) + ")";
    }

    /** A condition as one expression. */
    String whole(Filter.Condition condition) {
        return switch (condition) {
            case Filter.Holds holds ->
                holds.value() == null ? holds.text() : holds.text().replace("?", bind(holds.value()));
            case Filter.AnyOf(var column, var among) ->
                column + " = ANY (" + bind((Object) among.toArray(String[]::new)) + ")";
            case Filter.Words _ -> throw new IllegalStateException("Nothing searches here");
        };
    }

    Statement statement(boolean plannedForItsValues) {
        return new Statement(text.toString(), values, plannedForItsValues ? Kind.PLANNED_FOR_ITS_VALUES : Kind.USUAL);
    }
}
