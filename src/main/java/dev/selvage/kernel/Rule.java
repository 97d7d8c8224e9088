package dev.selvage.kernel;

import dev.selvage.kernel.UserError.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of a table of rules: of which records in which states a mutation may change something, what has to hold besides,
 * and where it leads. It stands in the statement that makes the change, and the same in what {@code transitions} tells of
 * it, so that the two cannot differ.
 *
 * <p>Who may is said by the schema, with {@code @auth} on the mutation.
 */
public final class Rule {
    private final String mutation;
    private final List<? extends Enum<?>> from;
    private final @Nullable Enum<?> to;
    private final List<Guard> guards;
    private final boolean leavesAdministratorsOut;

    private Rule(
            String mutation,
            List<? extends Enum<?>> from,
            @Nullable Enum<?> to,
            List<Guard> guards,
            boolean leavesAdministratorsOut) {
        this.mutation = mutation;
        this.from = List.copyOf(from);
        this.to = to;
        this.guards = List.copyOf(guards);
        this.leavesAdministratorsOut = leavesAdministratorsOut;
    }

    /** Of the mutation with this name: any state will do, and it stays. */
    public static Rule of(String mutation) {
        return new Rule(mutation, List.of(), null, List.of(), false);
    }

    /** Only of records in one of these states. */
    public Rule from(Enum<?>... states) {
        return new Rule(mutation, Arrays.asList(states), to, guards, leavesAdministratorsOut);
    }

    /** It leads to this state. */
    public Rule to(Enum<?> state) {
        return new Rule(mutation, from, state, guards, leavesAdministratorsOut);
    }

    /**
     * Only if this holds as well.
     *
     * @param sentence what to tell somebody who tries without
     * @param condition in SQL, of the row's own columns, of other tables and of the viewer
     */
    public Rule when(ErrorCode code, String sentence, String condition) {
        var more = new ArrayList<>(guards);
        more.add(Guard.of(code, sentence, condition));
        return new Rule(mutation, from, to, more, leavesAdministratorsOut);
    }

    /** An administrator's change by the same mutation does not lead there. */
    public Rule exceptForAdministrators() {
        return new Rule(mutation, from, to, guards, true);
    }

    String mutation() {
        return mutation;
    }

    /** Where it leads; null if the state stays. */
    @Nullable
    Enum<?> to() {
        return to;
    }

    List<Guard> guards() {
        return guards;
    }

    /** Whether it says something of what this viewer changes. */
    boolean isFor(Viewer viewer) {
        return !leavesAdministratorsOut || viewer.role() != Role.ADMIN;
    }

    boolean hasStates() {
        return !from.isEmpty();
    }

    boolean isFrom(Enum<?> state) {
        return from.isEmpty() || from.contains(state);
    }

    /** @param state as the table has it */
    boolean isFrom(String state) {
        return from.isEmpty() || from.stream().anyMatch(one -> word(one).equals(state));
    }

    /** For people: in which states the record would have to be. */
    String states() {
        return from.stream().map(Enum::name).collect(Collectors.joining(" or "));
    }

    /** All of it in SQL. */
    String condition() {
        var states = from.stream().map(one -> "'" + word(one) + "'").collect(Collectors.joining(", "));
        var conditions = new ArrayList<String>();
        if (hasStates()) {
            conditions.add("status IN (" + states + ")");
        }
        guards.forEach(guard -> conditions.add("(" + guard.condition() + ")"));
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
