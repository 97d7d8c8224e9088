package dev.selvage.kernel;

import dev.selvage.kernel.Statement.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.MonoSink;

/** A statement on its way, and who waits for its rows. */
final class Query<T> implements Session.Command {
    private final String text;
    private final Statement statement;
    private final Function<Columns, T> mapper;
    private final MonoSink<List<T>> waiting;
    private final List<T> rows = new ArrayList<>();

    /** @param prefix what the text starts with for this role */
    Query(String prefix, Statement statement, Function<Columns, T> mapper, MonoSink<List<T>> waiting) {
        this.text = prefix + statement.text();
        this.statement = statement;
        this.mapper = mapper;
        this.waiting = waiting;
    }

    boolean isPlannedForItsValues() {
        return statement.isPlannedForItsValues();
    }

    boolean isBrief() {
        return statement.kind() == Kind.BRIEF;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<Object> values() {
        return statement.values();
    }

    @Override
    public void row(Columns row) {
        rows.add(mapper.apply(row));
    }

    void succeed() {
        waiting.success(rows);
    }

    void fail(Throwable why) {
        waiting.error(why);
    }
}
