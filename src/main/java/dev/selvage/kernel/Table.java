package dev.selvage.kernel;

import dev.selvage.kernel.UserError.Blocker;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.kernel.UserError.TransitionBlocked;
import dev.selvage.kernel.UserError.VersionConflict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A table of records with versions, and how one of them is changed: by one statement that holds the version, the state and
 * all else that its {@link Rule} asks for, so that of two who come at once one finds nothing. Only then it is read why, and
 * told in the order NOT_FOUND, VERSION_CONFLICT, what the record's state forbids, what is wrong with the input.
 *
 * @param <K> the key's type in the table
 * @param <T> the record
 */
public final class Table<K, T> {
    /** How often a change is tried whose reason to fail has gone when it is looked for. */
    static final int TRIES = 3;

    final String name;
    final String columns;
    final Function<Columns, T> mapper;
    final Class<K> keyType;
    final String owned;
    private final Class<T> record;
    private final boolean hasStatus;

    private Table(
            String name,
            String columns,
            Function<Columns, T> mapper,
            Class<T> record,
            Class<K> keyType,
            boolean hasStatus,
            String owned) {
        this.name = name;
        this.columns = columns;
        this.mapper = mapper;
        this.record = record;
        this.keyType = keyType;
        this.hasStatus = hasStatus;
        this.owned = owned;
    }

    /**
     * Starts with its name.
     *
     * @param columns what a record is made of
     */
    public static <K, T> Table<K, T> of(
            String name, String columns, Function<Columns, T> mapper, Class<T> record, Class<K> keyType) {
        return new Table<>(name, columns, mapper, record, keyType, false, "true");
    }

    /** Its records have a column {@code status}. */
    public Table<K, T> withStatus() {
        return new Table<>(name, columns, mapper, record, keyType, true, owned);
    }

    /**
     * Its records belong to users, who may see others' too.
     *
     * @param condition in SQL: that a row is the viewer's, who is a user
     */
    public Table<K, T> ownedBy(String condition) {
        return new Table<>(
                name,
                columns,
                mapper,
                record,
                keyType,
                hasStatus,
                "(current_user <> 'selvage_user' OR " + condition + ")");
    }

    /**
     * The statement that changes one record: {@code $1} is its key and {@code $2} the version that the client knows; what it
     * sets begins with {@code $3}.
     *
     * @param sets in SQL
     */
    public Sql update(Rule rule, String sets) {
        return Sql.of("UPDATE " + name + " SET " + sets + " WHERE id = $1 AND version = $2 AND " + owned + " AND "
                + rule.condition() + " RETURNING " + columns);
    }

    /**
     * The statement that locks one record, if the rule allows the change, for one that takes several statements; run as the
     * change itself. The rule stands in the last of them again: what it says of other rows may be so only then.
     */
    public Sql lock(Rule rule) {
        return Sql.of("SELECT " + columns + " FROM " + name + " WHERE id = $1 AND version = $2 AND " + owned + " AND "
                + rule.condition() + " FOR UPDATE");
    }

    /**
     * The statement that changes many records, each by one of these rules: {@code $1} are the keys, {@code $2} the versions
     * that the client knows, {@code $3} the rules' mutations, and {@code $4} a text for each.
     *
     * @param sets in SQL, which may ask for {@code mutation} and for the text, {@code given}
     */
    public Sql updateAll(List<Rule> rules, String sets) {
        return Batch.update(this, rules, sets);
    }

    /** The statement that takes one record away and answers it: {@code $1} is its key, {@code $2} the version. */
    public Sql delete(Rule rule) {
        return Sql.of("DELETE FROM " + name + " WHERE id = $1 AND version = $2 AND " + owned + " AND "
                + rule.condition() + " RETURNING " + columns);
    }

    /** What its rows become where fields of an input are written to columns. */
    public Writing writing() {
        return Writing.to(name, columns);
    }

    /** Makes a new record. */
    public Mono<Payload<T>> insert(Database database, Input input, Writing writing) {
        var insert = writing.insert(input);
        return input.errors().isEmpty()
                ? database.query(insert, mapper).map(rows -> Payload.of(rows.getFirst()))
                : Mono.just(Payload.refused(input.errors()));
    }

    /** Makes a new record of what was sent and of other tables' rows; none if there are no such rows, or the input has errors. */
    public Mono<List<T>> insertFrom(Database database, Input input, Writing writing, Object... keys) {
        var insert = writing.insert(input, keys);
        return input.errors().isEmpty() ? database.query(insert, mapper) : Mono.just(List.of());
    }

    /** Writes the fields that were sent. */
    public Mono<Payload<T>> change(Database database, Input input, Rule rule, Writing writing) {
        return change(database, input, rule, key -> writing.update(key, input, owned + " AND " + rule.condition()));
    }

    /**
     * Makes the change.
     *
     * @param update made by {@link #update} or {@link #delete}
     * @param values of its {@code $3 …}
     */
    public Mono<Payload<T>> change(Database database, Input input, Rule rule, Sql update, Object... values) {
        return change(database, input, rule, key -> {
            var all = new ArrayList<Object>(List.of(key, input.expectedVersion()));
            all.addAll(Arrays.asList(values));
            return update.with(all.toArray());
        });
    }

    /**
     * Makes many changes by one statement, and says by another what kept the others from being made.
     *
     * @param update made by {@link #updateAll}
     * @return as many answers, in this order
     */
    public Mono<List<Payload<T>>> changeAll(Database database, List<Change> changes, Sql update) {
        return new Batch<>(this, database, update).make(changes);
    }

    /** The key that an input names; null if it is none of this table's. */
    @Nullable
    K key(Input input) {
        return input.id(record.getSimpleName(), keyType);
    }

    private Mono<Payload<T>> change(Database database, Input input, Rule rule, Function<K, Statement> update) {
        var key = key(input);
        if (key == null) {
            return Mono.just(Payload.refused(UserError.notFound(input.at("id"))));
        }
        return attempt(database, input, rule, key, update.apply(key), TRIES);
    }

    private Mono<Payload<T>> attempt(
            Database database, Input input, Rule rule, K key, Statement update, int triesLeft) {
        if (!input.errors().isEmpty()) {
            return refused(database, input, rule, key).map(Refused::payload);
        }
        return database.query(update, mapper)
                .flatMap(changed -> changed.isEmpty()
                        ? refused(database, input, rule, key)
                                .flatMap(refused -> refused.isForNoReason() && triesLeft > 1
                                        ? attempt(database, input, rule, key, update, triesLeft - 1)
                                        : Mono.just(refused.payload()))
                        : Mono.just(Payload.of(changed.getFirst())));
    }

    /**
     * A change that was not made.
     *
     * @param isForNoReason whether nothing is in its way any more
     */
    record Refused<T>(Payload<T> payload, boolean isForNoReason) {
        private static <T> Refused<T> because(List<? extends UserError> why) {
            return new Refused<>(Payload.refused(why), false);
        }
    }

    /** @param failed which of the rule's guards do not hold */
    record Found<T>(T record, int version, String status, List<Integer> failed) {}

    private Mono<Refused<T>> refused(Database database, Input input, Rule rule, K key) {
        return database.query(
                        Sql.of(explanation(rule.guards()) + " WHERE id = $1 AND " + owned)
                                .with(key),
                        this::toFound)
                .map(found -> found.isEmpty()
                        ? Refused.because(List.of(UserError.notFound(input.at("id"))))
                        : refused(input, rule, found.getFirst()));
    }

    /** A query of {@link #toFound} and the key, up to its condition. */
    String explanation(List<Guard> guards) {
        return "SELECT " + columns + ", version, " + (hasStatus ? "status" : "''") + ", " + failed(guards)
                + ", id FROM " + name;
    }

    Found<T> toFound(Columns row) {
        return new Found<>(mapper.apply(row), row.integer(), row.text(), numbers(row.text()));
    }

    /** In SQL: the numbers of those that do not hold. */
    static String failed(List<Guard> guards) {
        return guards.isEmpty()
                ? "''"
                : IntStream.range(0, guards.size())
                        .mapToObj(number ->
                                "CASE WHEN " + guards.get(number).condition() + " THEN NULL ELSE '" + number + "' END")
                        .collect(Collectors.joining(", ", "concat_ws(' ', ", ")"));
    }

    static List<Integer> numbers(String failed) {
        return failed.isEmpty()
                ? List.of()
                : Arrays.stream(failed.split(" ")).map(Integer::valueOf).toList();
    }

    Refused<T> refused(Input input, Rule rule, Found<T> found) {
        var conflict = new VersionConflict(input.at("expectedVersion"), found.record());
        if (found.version() != input.expectedVersion()) {
            return Refused.because(List.of(conflict));
        }
        var blockers = blockers(rule, found);
        if (!blockers.isEmpty()) {
            return Refused.because(blocked(input, rule, found.status(), blockers));
        }
        return input.errors().isEmpty()
                ? new Refused<>(Payload.refused(conflict), true)
                : Refused.because(input.errors());
    }

    private static List<Blocker> blockers(Rule rule, Found<?> found) {
        return rule.isFrom(found.status())
                ? found.failed().stream()
                        .map(number -> rule.guards().get(number).blocker())
                        .toList()
                : List.of(new Blocker(
                        ErrorCode.TRANSITION_BLOCKED,
                        "This is " + upper(found.status()) + "; it would have to be " + rule.states() + "."));
    }

    private List<UserError> blocked(Input input, Rule rule, String status, List<Blocker> blockers) {
        if (!hasStatus) {
            return blockers.stream()
                    .<UserError>map(blocker -> new InputError(blocker.code(), blocker.message(), input.at("id")))
                    .toList();
        }
        var from = upper(status);
        var to = rule.to();
        return List.of(new TransitionBlocked(input.at("id"), from, to == null ? from : to.name(), blockers));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /**
     * How it stands with these guards, for each of these rows.
     *
     * @param failed the numbers of those that do not hold
     */
    record Standing(Object key, boolean isOwned, List<Integer> failed) {}

    Statement standing(List<Guard> guards, List<K> keys) {
        return Sql.of("SELECT id, " + owned + ", " + failed(guards) + " FROM " + name + " WHERE id = ANY ($1)")
                .with((Object) array(keys));
    }

    @SuppressWarnings("unchecked") // An array of the keys' own type.
    K[] array(List<K> keys) {
        return keys.toArray(size -> (K[]) java.lang.reflect.Array.newInstance(keyType, size));
    }

    Standing toStanding(Columns row) {
        @Nullable Object key = keyType == Long.class ? (Object) row.bigint() : row.uuid();
        return new Standing(key, row.bool(), numbers(row.text()));
    }
}
