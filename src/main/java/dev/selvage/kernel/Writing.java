package dev.selvage.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which columns of a table the fields of an input write. Texts of statements are composed of these constants by which fields
 * were sent.
 */
public final class Writing {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** How the value of a field is read. */
    @FunctionalInterface
    private interface Reader {
        @Nullable
        Object read(Input input, String field);
    }

    /**
     * A column.
     *
     * @param field of the input
     * @param cast what stands behind the marker
     * @param instead of a marker where there is no value
     */
    private record Column(String field, String name, String cast, String instead, Reader reader) {}

    private final String table;
    private final String returned;
    private final List<Column> columns = new ArrayList<>();
    private @Nullable Source source;

    /** Where a new row has these columns from. */
    private record Source(String columns, String values, String tables) {}

    private Writing(String table, String returned) {
        this.table = table;
        this.returned = returned;
    }

    /**
     * Starts with a table.
     *
     * @param returned columns of the row as it is then
     */
    static Writing to(String table, String returned) {
        return new Writing(table, returned);
    }

    /** The field is text in this column. */
    public Writing text(String field, String column) {
        return put(field, column, "", Input::text);
    }

    /** The field is a number in this column, of so many digits in all. */
    public Writing decimal(String field, String column, int digits, int decimals) {
        return put(field, column, "", (input, name) -> input.decimal(name, digits, decimals));
    }

    /** The field is a whole number in this column. */
    public Writing integer(String field, String column) {
        return put(field, column, "", Input::value);
    }

    /** The field is a time in this column. */
    public Writing instant(String field, String column) {
        return put(field, column, "", Input::instant);
    }

    /** The field is a time from one column to another. */
    public Writing window(String field, String startColumn, String endColumn) {
        return put(field, startColumn, "", (input, name) -> instant(input, name, "start"))
                .put(field, endColumn, "", (input, name) -> instant(input, name, "end"));
    }

    private static @Nullable Instant instant(Input input, String field, String end) {
        var window = input.in(field);
        return window == null ? null : window.instant(end);
    }

    /** The field is one of the schema's enums in this column. */
    public Writing word(String field, String column) {
        return put(field, column, "", Input::word);
    }

    /** The field is the id of a record of this type in this column; where none is sent the column has its default. */
    public <K> Writing key(String field, String column, String type, Class<K> keyType) {
        Reader reader = (input, name) -> input.id(name, type, keyType);
        columns.add(new Column(field, column, "", "DEFAULT", reader));
        return this;
    }

    /** The field is a list of text in this column of JSON. */
    public Writing texts(String field, String column) {
        return put(field, column, "::text::jsonb", Writing::json);
    }

    /**
     * A new row has these columns from rows of other tables, where there are such rows.
     *
     * @param values as many, in SQL
     * @param tables in SQL, with their condition, in which {@code $1 …} are keys
     */
    public Writing from(String columns, String values, String tables) {
        source = new Source(columns, values, tables);
        return this;
    }

    private Writing put(String field, String column, String cast, Reader reader) {
        columns.add(new Column(field, column, cast, "NULL", reader));
        return this;
    }

    private static @Nullable String json(Input input, String field) {
        var texts = (List<?>) input.value(field);
        if (texts == null) {
            return null;
        }
        if (texts.stream().anyMatch(text -> !Input.isStorable((String) text))) {
            input.refuse(
                    field, UserError.ErrorCode.INVALID, "A text has a character that cannot be stored. Leave it out.");
            return null;
        }
        return JSON.writeValueAsString(texts);
    }

    /**
     * A new row of what was sent, and of other tables' rows under these keys. To be sent only if the input has no errors.
     */
    Statement insert(Input input, Object... keys) {
        var text = new StatementText();
        for (var key : keys) {
            text.bind(key);
        }
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        if (source != null) {
            names.add(source.columns());
            values.add(source.values());
        }
        for (var column : columns) {
            if (input.has(column.field())) {
                names.add(column.name());
                values.add(marker(text, input, column));
            }
        }
        text.add("INSERT INTO ")
                .add(table)
                .add(" (")
                .add(String.join(", ", names))
                .add(")");
        text.add(source == null ? " VALUES (" : " SELECT ").add(String.join(", ", values));
        text.add(source == null ? ")" : " FROM " + source.tables());
        return text.add(" RETURNING ").add(returned).statement(false);
    }

    /**
     * The row of this key with what was sent, if it has still that version. To be sent only if the input has no errors.
     *
     * @param guard SQL that must hold as well
     */
    Statement update(Object key, Input input, String guard) {
        var text = new StatementText();
        var id = text.bind(key);
        var version = text.bind(input.expectedVersion());
        var sets = new ArrayList<String>();
        for (var column : columns) {
            if (input.has(column.field())) {
                sets.add(column.name() + " = " + marker(text, input, column));
            }
        }
        if (sets.isEmpty()) {
            // Nothing is to change, but it has to be there and as the client knows it.
            var any = columns.getFirst().name();
            sets.add(any + " = " + any);
        }
        text.add("UPDATE ").add(table).add(" SET ").add(String.join(", ", sets));
        text.add(" WHERE id = ")
                .add(id)
                .add(" AND version = ")
                .add(version)
                .add(" AND ")
                .add(guard);
        return text.add(" RETURNING ").add(returned).statement(false);
    }

    private static String marker(StatementText text, Input input, Column column) {
        var value = column.reader().read(input, column.field());
        return value == null ? column.instead() : text.bind(value) + column.cast();
    }
}
