package dev.selvage.kernel;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_UNIQUE;

import dev.selvage.kernel.Table.Found;
import dev.selvage.kernel.Table.Refused;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Changes of many records of one table: one statement makes all that can be made, and another finds out about the rest,
 * however many there are. Each is made or refused by itself.
 */
final class Batch<K, T> {
    private final Table<K, T> table;
    private final Database database;
    private final Sql update;

    Batch(Table<K, T> table, Database database, Sql update) {
        this.table = table;
        this.database = database;
        this.update = update;
    }

    /**
     * Each row has to pass its own rule. Rows are taken in the order of their keys before any is changed, so that no two such
     * statements wait for each other.
     */
    static Sql update(Table<?, ?> table, List<Rule> rules, String sets) {
        var conditions = rules.stream()
                .map(rule -> "mutation = '" + rule.mutation() + "' AND " + rule.condition())
                .collect(Collectors.joining(" OR "));
        return Sql.of("WITH taken AS (SELECT id AS taken_id, mutation, given FROM " + table.name + " JOIN unnest($1::"
                + (table.keyType == Long.class ? "bigint" : "uuid") + "[], $2::int[], $3::text[], $4::text[])"
                + " AS asked (asked_id, asked_version, mutation, given) ON id = asked_id WHERE version = asked_version AND "
                + table.owned + " AND (" + conditions + ") ORDER BY id FOR UPDATE OF " + table.name + ") UPDATE "
                + table.name + " SET " + sets + " FROM taken WHERE id = taken_id RETURNING " + table.columns + ", id");
    }

    /** A change that has no answer yet. */
    private record Open<K>(int place, K key, Change change) {}

    private record Row<K, V>(V value, K key) {}

    Mono<List<Payload<T>>> make(List<Change> changes) {
        var answers = new ArrayList<@Nullable Payload<T>>(Collections.nCopies(changes.size(), null));
        var open = new ArrayList<Open<K>>();
        var named = new HashSet<K>();
        for (int place = 0; place < changes.size(); place++) {
            var change = changes.get(place);
            var path = change.input().at("id");
            try {
                var key = table.key(change.input());
                if (key == null) {
                    answers.set(place, Payload.refused(UserError.notFound(path)));
                } else if (named.add(key)) {
                    open.add(new Open<>(place, key, change));
                } else {
                    answers.set(place, refused(NOT_UNIQUE, "This is named twice, and only the first counts.", path));
                }
            } catch (Refusal noId) {
                // By itself it would be a fault of the whole request.
                answers.set(place, refused(INVALID, noId.sentence(), path));
            }
        }
        return attempt(open, answers, Table.TRIES)
                .then(Mono.fromSupplier(
                        () -> answers.stream().map(Objects::requireNonNull).toList()));
    }

    private static <T> Payload<T> refused(ErrorCode code, String sentence, List<String> path) {
        return Payload.refused(new InputError(code, sentence, path));
    }

    private Mono<Void> attempt(List<Open<K>> open, List<@Nullable Payload<T>> answers, int triesLeft) {
        var sound = open.stream()
                .filter(one -> one.change().input().errors().isEmpty())
                .toList();
        var made = sound.isEmpty()
                ? Mono.just(Map.<K, T>of())
                : database.query(statement(sound), row -> new Row<>(table.mapper.apply(row), row.value(table.keyType)))
                        .map(Batch::byKey);
        return made.flatMap(records -> {
            var rest = new ArrayList<Open<K>>();
            for (var one : open) {
                var record = records.get(one.key());
                if (record == null) {
                    rest.add(one);
                } else {
                    answers.set(one.place(), Payload.of(record));
                }
            }
            return rest.isEmpty() ? Mono.empty() : explain(rest, answers, triesLeft);
        });
    }

    private Statement statement(List<Open<K>> open) {
        var changes = open.stream().map(Open::change).toList();
        return update.with(
                table.array(open.stream().map(Open::key).toList()),
                changes.stream().map(change -> change.input().expectedVersion()).toArray(Integer[]::new),
                changes.stream().map(change -> change.rule().mutation()).toArray(String[]::new),
                changes.stream().map(Change::given).toArray(String[]::new));
    }

    private Mono<Void> explain(List<Open<K>> open, List<@Nullable Payload<T>> answers, int triesLeft) {
        var guards = new ArrayList<Guard>();
        var first = new HashMap<Rule, Integer>();
        for (var one : open) {
            var rule = one.change().rule();
            if (first.putIfAbsent(rule, guards.size()) == null) {
                guards.addAll(rule.guards());
            }
        }
        var keys = table.array(open.stream().map(Open::key).toList());
        var explanation = Sql.of(table.explanation(guards) + " WHERE id = ANY ($1) AND " + table.owned);
        return database.query(
                        explanation.with((Object) keys), row -> new Row<>(table.toFound(row), row.value(table.keyType)))
                .map(Batch::byKey)
                .flatMap(found -> {
                    var again = new ArrayList<Open<K>>();
                    for (var one : open) {
                        var rule = one.change().rule();
                        var refused = refused(one, found.get(one.key()), Objects.requireNonNull(first.get(rule)));
                        if (refused.isForNoReason() && triesLeft > 1) {
                            again.add(one);
                        } else {
                            answers.set(one.place(), refused.payload());
                        }
                    }
                    return again.isEmpty() ? Mono.empty() : attempt(again, answers, triesLeft - 1);
                });
    }

    /** @param firstGuard where the guards of its rule stand among all that were asked for */
    private Refused<T> refused(Open<K> one, @Nullable Found<T> found, int firstGuard) {
        var change = one.change();
        if (found == null) {
            return new Refused<>(
                    Payload.refused(UserError.notFound(change.input().at("id"))), false);
        }
        int behind = firstGuard + change.rule().guards().size();
        var failed = found.failed().stream()
                .filter(number -> number >= firstGuard && number < behind)
                .map(number -> number - firstGuard)
                .toList();
        return table.refused(
                change.input(), change.rule(), new Found<>(found.record(), found.version(), found.status(), failed));
    }

    private static <K, V> Map<K, V> byKey(List<Row<K, V>> rows) {
        return rows.stream().collect(Collectors.toMap(Row::key, Row::value));
    }
}
