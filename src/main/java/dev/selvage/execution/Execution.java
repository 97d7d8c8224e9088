package dev.selvage.execution;

import dev.selvage.execution.Level.Refused;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Resolver;
import dev.selvage.kernel.Round;
import dev.selvage.kernel.UserError;
import graphql.execution.CoercedVariables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One operation on its way to its answer. It is read in rounds: in each, every field whose records are known says what it
 * needs, and all of it is read together. How many rounds there are, and how many statements, is decided by the document,
 * never by the number of records. Then the answer is written in one go.
 */
public final class Execution {
    /** Bytes in one answer. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** What stands for the record of the root type. */
    private static final Object ROOT = new Object();

    private final Plan plan;
    private final CoercedVariables variables;
    private final boolean dryRun;
    private final Operation operation;
    private final MonoSink<Answer> waiting;
    private final Level root;

    private Execution(ExecutableDocument.Prepared prepared, Operation operation, MonoSink<Answer> waiting) {
        this.plan = prepared.plan();
        this.variables = prepared.variables();
        this.dryRun = prepared.isDryRun();
        this.operation = operation;
        this.waiting = waiting;
        this.root = new Level(plan.selection(), new Object[] {ROOT});
    }

    /**
     * Executes an operation.
     *
     * <p>Errors: {@link Refusal} if it asks for too much or a statement failed.
     *
     * @param operation one that writes, if the prepared one is a mutation
     */
    public static Mono<Answer> execute(ExecutableDocument.Prepared prepared, Operation operation) {
        return Mono.create(waiting -> {
            var execution = new Execution(prepared, operation, waiting);
            if (prepared.isMutation()) {
                execution.change(0);
            } else {
                execution.read(List.of(execution.root), () -> waiting.success(execution.written()));
            }
        });
    }

    /** Makes the changes of the root fields from this one on, one after the other, each with what is read of it. */
    private void change(int from) {
        var fields = plan.root().fields();
        for (int place = from; place < fields.size(); place++) {
            var field = fields.get(place);
            if (field.isRead() && !isRefused(field)) {
                int next = place + 1;
                root.open(field);
                change(field)
                        .subscribe(
                                value -> goOn(() -> changed(field, value, next)),
                                error -> goOn(() -> refused(field, error, next)));
                return;
            }
        }
        var answer = written();
        if (dryRun) {
            waiting.success(answer);
            return;
        }
        operation.commit().subscribe(_ -> {}, waiting::error, () -> waiting.success(answer));
    }

    private boolean isRefused(SelectedField field) {
        var refused = FieldValue.refusal(field, ROOT, operation);
        if (refused != null) {
            root.open(field).put(0, refused);
        }
        return refused != null;
    }

    private Mono<?> change(SelectedField field) {
        var rule = field.rule();
        if (rule != null && rule.isInVain(operation.viewer())) {
            return Mono.just(Payload.refused(UserError.notFound(List.of("input", "id"))));
        }
        return switch (field.resolver()) {
            case Resolver.OfChange resolver ->
                Mono.defer(() -> resolver.change(field.arguments().with(variables), key(field), operation));
            default -> throw new IllegalStateException(field.name() + " changes nothing");
        };
    }

    /** What is only tried has no key: it neither finds what was done under it nor keeps others from doing it. */
    private @Nullable String key(SelectedField field) {
        var idempotency = field.idempotency();
        return idempotency == null || dryRun
                ? null
                : (String) idempotency.with(variables).get("key");
    }

    private void changed(SelectedField field, Object value, int next) {
        root.column(field).put(0, value);
        var levels = new ArrayList<Level>();
        below(root, field, levels);
        read(levels, () -> change(next));
    }

    private void refused(SelectedField field, Throwable why, int next) {
        var failure = operation.failure();
        if (failure == null) {
            root.column(field).put(0, new Refused(why));
            change(next);
        } else {
            waiting.error(failure);
        }
    }

    private Answer written() {
        try {
            return new AnswerWriter(operation, MAX_BYTES).write(plan, root, ROOT);
        } catch (JsonOutput.Full full) {
            throw new Refusal(Code.LIMIT_EXCEEDED, "This answer would be longer than 32 MiB. Ask for less at once.");
        }
    }

    /** A field that has said what it needs, for some records of a level. */
    private static final class Asked {
        private final Level level;
        private final SelectedField field;
        private final int[] rows;
        private final Resolver.Values values;

        private Asked(Level level, SelectedField field, int[] rows, Resolver.Values values) {
            this.level = level;
            this.field = field;
            this.rows = rows;
            this.values = values;
        }
    }

    private void read(List<Level> levels, Runnable whenRead) {
        var round = operation.round();
        var asked = new ArrayList<Asked>();
        var open = new ArrayDeque<>(levels);
        while (!open.isEmpty()) {
            var level = open.remove();
            for (var type : level.selection().types()) {
                var rows = rows(level, type);
                for (var field : type.fields()) {
                    if (field.isRead() && rows.length > 0) {
                        read(level, rows, field, round, asked, open);
                    }
                }
            }
        }
        if (asked.isEmpty()) {
            whenRead.run();
        } else {
            round.run(isLast(asked), failure -> goOn(asked, whenRead, failure));
        }
    }

    private void goOn(List<Asked> asked, Runnable whenRead, @Nullable Throwable failure) {
        if (failure != null) {
            waiting.error(failure);
        } else if (operation.hasEnded()) {
            waiting.success();
        } else {
            goOn(() -> read(taken(asked), whenRead));
        }
    }

    /** What fails here ends the execution, and nothing else hears of it. */
    private void goOn(Runnable step) {
        try {
            step.run();
        } catch (Throwable why) {
            waiting.error(why);
        }
    }

    /** Whether nothing has to be read for what these fields answer. */
    private static boolean isLast(List<Asked> asked) {
        return asked.stream().allMatch(one -> {
            var below = one.field.output().selection();
            return below == null || below.columns() == 0;
        });
    }

    /** The places in a level of the records of one type. */
    private static int[] rows(Level level, SelectedType type) {
        var rows = new int[level.size()];
        int count = 0;
        for (int row = 0; row < level.size(); row++) {
            var record = level.record(row);
            if (record != null && level.selection().of(record).name().equals(type.name())) {
                rows[count++] = row;
            }
        }
        return count == rows.length ? rows : Arrays.copyOf(rows, count);
    }

    private void read(
            Level level, int[] rows, SelectedField field, Round round, List<Asked> asked, ArrayDeque<Level> open) {
        var column = level.open(field);
        switch (field.resolver()) {
            case Resolver.OfRecord _ -> {
                for (int row : rows) {
                    column.put(row, FieldValue.of(field, known(level, row), operation));
                }
                below(level, field, open);
            }
            case Resolver.OfLevel resolver -> ask(level, rows, field, resolver, round, asked);
            case Resolver.OfChange _ -> throw new IllegalStateException(field.name() + " is below the root");
        }
    }

    private void ask(
            Level level, int[] rows, SelectedField field, Resolver.OfLevel resolver, Round round, List<Asked> asked) {
        var column = level.column(field);
        var records = new ArrayList<Object>(rows.length);
        var shown = new int[rows.length];
        for (int row : rows) {
            var record = known(level, row);
            var refused = FieldValue.refusal(field, record, operation);
            if (refused == null) {
                shown[records.size()] = row;
                records.add(record);
            } else {
                column.put(row, refused);
            }
        }
        if (records.isEmpty()) {
            return;
        }
        try {
            var values = resolver.ask(records, field.arguments().with(variables), round);
            asked.add(new Asked(level, field, Arrays.copyOf(shown, records.size()), values));
        } catch (RuntimeException why) {
            var refused = new Refused(why);
            for (int i = 0; i < records.size(); i++) {
                column.put(shown[i], refused);
            }
        }
    }

    /** Takes what the round has read, and answers the levels below. */
    private static List<Level> taken(List<Asked> asked) {
        var next = new ArrayList<Level>();
        for (var one : asked) {
            var column = one.level.column(one.field);
            for (int i = 0; i < one.rows.length; i++) {
                column.put(one.rows[i], value(one.values, i));
            }
            below(one.level, one.field, next);
        }
        return next;
    }

    private static @Nullable Object value(Resolver.Values values, int index) {
        try {
            return values.of(index);
        } catch (RuntimeException why) {
            return new Refused(why);
        }
    }

    /** Opens the level of a field's objects, if anything has to be read for them. */
    private static void below(Level level, SelectedField field, Collection<Level> next) {
        var selection = field.output().selection();
        if (selection == null || selection.columns() == 0) {
            return;
        }
        var column = level.column(field);
        var first = new int[level.size()];
        var objects = new ArrayList<@Nullable Object>();
        for (int row = 0; row < first.length; row++) {
            first[row] = objects.size();
            switch (column.value(row)) {
                case null -> {}
                case Refused _ -> {}
                case List<?> many -> objects.addAll(many);
                case Object one -> objects.add(one);
            }
        }
        if (!objects.isEmpty()) {
            var below = new Level(selection, objects.toArray());
            column.put(below, first);
            next.add(below);
        }
    }

    private static Object known(Level level, int row) {
        return Objects.requireNonNull(level.record(row));
    }
}
