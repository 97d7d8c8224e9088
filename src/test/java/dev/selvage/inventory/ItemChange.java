package dev.selvage.inventory;

import dev.selvage.support.Given;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of an item, and what is to come of it: the rules of the domain, in the one place where tests say them. */
enum ItemChange {
    APPROVE("approveInventoryItem", ""),
    REJECT("rejectInventoryItem", ", reason: \"Torn\""),
    RESUBMIT("resubmitInventoryItem", ""),
    RENAME("updateInventoryItem", ", name: \"Other\", price: 12.5"),
    CHEAPER("updateInventoryItem", ", price: \"12.49\", size: \"M\""),
    CHEAPER_AND_RENAMED("updateInventoryItem", ", price: \"12.49\", name: \"Other\""),
    DEARER("updateInventoryItem", ", price: \"12.51\""),
    SAME("updateInventoryItem", ", price: \"12.5\", condition: GOOD"),
    RETURN("returnInventoryItem", "");

    /**
     * Who may, and until what: from states that are in no line of a change nobody may. An integrator is one with the scope;
     * anybody else may nothing.
     */
    private static final String TABLE = """
            change              | from                      | to       | owner    | admin    | integrator
            approve             | pending                   | approved |          | always   | always
            reject              | pending                   | rejected |          | always   | always
            resubmit            | rejected                  | pending  | drop-off | drop-off |
            rename              | pending rejected          | stays    | drop-off | always   |
            rename              | approved                  | stays    |          | always   |
            rename              | approved                  | pending  | drop-off |          |
            cheaper             | pending rejected          | stays    | drop-off | always   |
            cheaper             | approved                  | stays    | always   | always   |
            cheaper_and_renamed | pending rejected          | stays    | drop-off | always   |
            cheaper_and_renamed | approved                  | stays    |          | always   |
            cheaper_and_renamed | approved                  | pending  | drop-off |          |
            dearer              | pending rejected          | stays    | drop-off | always   |
            dearer              | approved                  | stays    |          | always   |
            dearer              | approved                  | pending  | drop-off |          |
            same                | pending rejected          | stays    | drop-off | always   |
            same                | approved                  | stays    | always   | always   |
            return              | pending approved rejected | returned | sale     | always   | always
            """;

    enum Who {
        ANONYMOUS,
        STRANGER,
        OWNER,
        ADMIN,
        INTEGRATOR_OF_OTHER_THINGS,
        INTEGRATOR
    }

    enum Time {
        DROP_OFF(Duration.ofDays(30)),
        BEFORE_THE_SALE(Duration.ofHours(12)),
        SALE(Duration.ofHours(-1));

        /** Of an event of {@link Given}, where drop-off ends a day before. */
        final Duration untilTheSale;

        Time(Duration untilTheSale) {
            this.untilTheSale = untilTheSale;
        }

        private boolean isBeforeTheEndOf(String what) {
            return switch (what) {
                case "" -> false;
                case "drop-off" -> this == DROP_OFF;
                case "sale" -> this != SALE;
                case "always" -> true;
                default -> throw new IllegalArgumentException(what);
            };
        }
    }

    /**
     * What comes of it.
     *
     * @param state that it is in then; null if it is refused
     * @param userError the code; null if there is none
     * @param error the code of an error of the request; null if there is none
     */
    record Outcome(
            @Nullable ItemStatus state,
            @Nullable String userError,
            @Nullable String error) {
        static Outcome refused(String code) {
            return new Outcome(null, code, null);
        }

        boolean isBlocked() {
            return "TRANSITION_BLOCKED".equals(userError) || "WINDOW_CLOSED".equals(userError);
        }
    }

    final String mutation;
    private final String values;

    ItemChange(String mutation, String values) {
        this.mutation = mutation;
        this.values = values;
    }

    String document(Given.Item item) {
        return """
                mutation { %s(input: { id: "%s", expectedVersion: 1%s }) {
                  inventoryItem { status }
                  userErrors { __typename code path ... on TransitionBlocked { from to } } } }
                """.formatted(mutation, item.globalId(), values);
    }

    /** Whether it is told of where an item in this state can go. */
    boolean isTold(ItemStatus state, Who who) {
        var leads = lines(state).stream()
                .anyMatch(line -> !line.get(2).equals("stays") && !line.get(2).equals(word(state)));
        return leads && !(mutation.equals("updateInventoryItem") && who == Who.ADMIN);
    }

    /** Whether it is for those who review, and asked for in vain by others. */
    boolean isReview() {
        return this == APPROVE || this == REJECT;
    }

    Outcome outcome(ItemStatus state, Who who, Time time) {
        var column = List.of(Who.OWNER, Who.ADMIN, Who.INTEGRATOR).indexOf(who);
        var isForThem = column >= 0
                && all().stream().anyMatch(line -> !line.get(3 + column).isEmpty());
        if (!isForThem) {
            return isReview()
                    ? new Outcome(null, null, who == Who.ANONYMOUS ? "UNAUTHENTICATED" : "FORBIDDEN")
                    : Outcome.refused("NOT_FOUND");
        }
        var lines = lines(state);
        return lines.stream()
                .filter(line -> time.isBeforeTheEndOf(line.get(3 + column)))
                .map(line -> new Outcome(line.get(2).equals("stays") ? state : status(line.get(2)), null, null))
                .findFirst()
                .orElse(Outcome.refused(lines.isEmpty() ? "TRANSITION_BLOCKED" : "WINDOW_CLOSED"));
    }

    private List<List<String>> all() {
        return TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .filter(line -> line.getFirst().equals(name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private List<List<String>> lines(ItemStatus state) {
        return all().stream()
                .filter(line -> Set.of(line.get(1).split(" ")).contains(word(state)))
                .toList();
    }

    static String word(ItemStatus state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static ItemStatus status(String word) {
        return ItemStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
