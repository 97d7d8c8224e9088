package dev.selvage.kernel;

import dev.selvage.kernel.Table.Standing;
import dev.selvage.kernel.UserError.Blocker;
import dev.selvage.kernel.UserError.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where records can go next for a viewer, and why not: by the same rules as the mutations that take them there, for all
 * records of a level in one statement. It asks only what the viewer may know; whom a mutation is not for learns that and no
 * more.
 */
final class Transitions<K, P> {
    private static final Blocker NOT_YOURS = new Blocker(ErrorCode.NOT_FOUND, "This belongs to somebody else.");

    /**
     * Where a record can go, named and shaped as in the schema.
     *
     * @param blockers every reason why not; empty exactly when it is allowed
     */
    record Transition(String to, String mutation, List<Blocker> blockers) {
        boolean allowed() {
            return blockers.isEmpty();
        }
    }

    private final Fields fields;
    private final Table<K, P> table;
    private final Function<P, K> key;
    private final Function<P, ? extends Enum<?>> status;
    private final List<Rule> rules;

    Transitions(
            Fields fields,
            Table<K, P> table,
            Function<P, K> key,
            Function<P, ? extends Enum<?>> status,
            List<Rule> rules) {
        this.fields = fields;
        this.table = table;
        this.key = key;
        this.status = status;
        this.rules = List.copyOf(rules);
    }

    /** A rule, and where its guards stand among all that are asked for. */
    private record Asked(Rule rule, AccessRule access, int firstGuard) {}

    Resolver.Values of(List<P> records, Round round) {
        var viewer = round.operation().viewer();
        var guards = new ArrayList<Guard>();
        var asked = new HashMap<Rule, Asked>();
        for (var rule : rules) {
            var access = fields.accessTo(rule.mutation());
            if (access.refusal(viewer, null) == null && !access.isInVain(viewer)) {
                asked.put(rule, new Asked(rule, access, guards.size()));
                guards.addAll(rule.guards());
            }
        }
        if (asked.isEmpty()) {
            return index -> transitions(records.get(index), viewer, asked, null);
        }
        var keys = records.stream().map(key).distinct().toList();
        var read = round.read(fields.database().query(table.standing(guards, keys), table::toStanding));
        return index -> {
            var record = records.get(index);
            var standings = read.value();
            return transitions(record, viewer, asked, standing(standings, key.apply(record)));
        };
    }

    private @Nullable Standing standing(List<Standing> standings, K key) {
        for (var standing : standings) {
            if (standing.key().equals(key)) {
                return standing;
            }
        }
        return null;
    }

    private List<Transition> transitions(P record, Viewer viewer, Map<Rule, Asked> asked, @Nullable Standing standing) {
        var transitions = new ArrayList<Transition>();
        for (var rule : rules) {
            var to = rule.to();
            if (to != null && rule.isFor(viewer) && rule.isFrom(status.apply(record))) {
                var blockers = asked.containsKey(rule)
                        ? blockers(Objects.requireNonNull(asked.get(rule)), viewer, standing)
                        : List.of(refused(fields.accessTo(rule.mutation()), viewer));
                transitions.add(new Transition(to.name(), rule.mutation(), blockers));
            }
        }
        return transitions;
    }

    private static Blocker refused(AccessRule access, Viewer viewer) {
        var refusal = access.refusal(viewer, null);
        return refusal == null
                ? NOT_YOURS
                : new Blocker(ErrorCode.valueOf(refusal.code().name()), refusal.sentence());
    }

    private static List<Blocker> blockers(Asked asked, Viewer viewer, @Nullable Standing standing) {
        if (standing == null || (!standing.isOwned() && asked.access().isForOwnRecords(viewer))) {
            return List.of(NOT_YOURS);
        }
        var guards = asked.rule().guards();
        return standing.failed().stream()
                .filter(number -> number >= asked.firstGuard() && number < asked.firstGuard() + guards.size())
                .map(number -> guards.get(number - asked.firstGuard()).blocker())
                .toList();
    }
}
