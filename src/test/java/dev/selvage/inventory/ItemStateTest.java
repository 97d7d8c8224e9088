package dev.selvage.inventory;

import static java.util.stream.Collectors.joining;

import dev.selvage.inventory.ItemChange.Outcome;
import dev.selvage.inventory.ItemChange.Time;
import dev.selvage.inventory.ItemChange.Who;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Every change of an item from every state, by everybody, at every time: what comes of it is what {@link ItemChange} says, and
 * what {@code transitions} said just before.
 */
class ItemStateTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Consignor owner = given.consignor();
    private static final Map<Who, Caller> callers = new EnumMap<>(Map.of(
            Who.ANONYMOUS, gateway.anonymous(),
            Who.STRANGER, gateway.user(given.consignor().user()),
            Who.OWNER, gateway.user(owner.user()),
            Who.ADMIN, gateway.user(given.admin()),
            Who.INTEGRATOR_OF_OTHER_THINGS, gateway.integrator("read:inventory write:orders"),
            Who.INTEGRATOR, gateway.integrator("write:inventory")));

    @ParameterizedTest
    @EnumSource
    void whatComesOfAChangeIsWhatTheRulesSayAndWhatTransitionsSaidBefore(Time time) {
        var event =
                given.event("published", Given.unique("Event"), Instant.now().plus(time.untilTheSale));
        SoftAssertions.assertSoftly(softly -> {
            for (var state : ItemStatus.values()) {
                for (var change : ItemChange.values()) {
                    for (var who : Who.values()) {
                        softly.assertThat(tried(event, state, change, who, time))
                                .as("%s of what is %s by %s in the time of %s", change, state, who, time)
                                .isEmpty();
                    }
                }
            }
        });
    }

    /** What is otherwise than it should be; empty if nothing is. */
    private static String tried(Given.Event event, ItemStatus state, ItemChange change, Who who, Time time) {
        var item = state == ItemStatus.SOLD
                ? given.soldItem(event, owner)
                : given.item(event, owner, ItemChange.word(state));
        var caller = Objects.requireNonNull(callers.get(who));
        var before = row(item);
        var told = caller.query("""
                        { inventoryItem(by: { id: "%s" }) { transitions { to mutation allowed blockers { code } } } }
                        """.formatted(item.globalId())).ok().at("inventoryItem");
        var answer = caller.query(change.document(item));

        var expected = change.outcome(state, who, time);
        var found = found(answer, change.mutation);
        if (!found.equals(expected)) {
            return "it is " + found + " and not " + expected;
        }
        if (expected.state() == null && !row(item).equals(before)) {
            return "it was refused and done all the same";
        }
        var to = told.isNull() ? null : told(told.path("transitions"), state, change, who, expected);
        return to != null && to.startsWith("!") ? to : shape(answer, state, change, expected, to);
    }

    private static Outcome found(Answer answer, String mutation) {
        if (!answer.errorCodes().isEmpty()) {
            return new Outcome(null, null, String.join(" ", answer.errorCodes()));
        }
        var codes = answer.all("code", mutation, "userErrors");
        return codes.isEmpty()
                ? new Outcome(ItemStatus.valueOf(answer.text(mutation, "inventoryItem", "status")), null, null)
                : Outcome.refused(String.join(" ", codes));
    }

    /** Where it was told to lead; null if it was not told of, as it should not be; what is wrong after a {@code !}. */
    private static @Nullable String told(
            JsonNode transitions, ItemStatus state, ItemChange change, Who who, Outcome outcome) {
        var told = transitions
                .valueStream()
                .filter(one -> one.path("mutation").asString().equals(change.mutation))
                .toList();
        if (told.isEmpty()) {
            return change.isTold(state, who) ? "! nothing was told" : null;
        }
        var one = told.getFirst();
        var codes = one.path("blockers")
                .valueStream()
                .map(blocker -> blocker.path("code").asString())
                .collect(joining(" "));
        if (change.isTold(state, who)) {
            var expected = outcome.state() != null
                    ? ""
                    : Objects.requireNonNullElse(outcome.error(), String.valueOf(outcome.userError()));
            var isTrue = told.size() == 1
                    && codes.equals(expected)
                    && one.path("allowed").asBoolean() == expected.isEmpty()
                    && (outcome.state() == null
                            || one.path("to").asString().equals(outcome.state().name()));
            return isTrue ? one.path("to").asString() : "! told: " + told;
        }
        // It is told of other changes by the same mutation.
        return change.mutation.equals("updateInventoryItem") && state == ItemStatus.APPROVED && who != Who.ADMIN
                ? null
                : "! told: " + told;
    }

    /** @param to where it was told to lead */
    private static String shape(
            Answer answer, ItemStatus state, ItemChange change, Outcome outcome, @Nullable String to) {
        if (outcome.userError() == null) {
            return "";
        }
        var error = answer.at(change.mutation, "userErrors", 0);
        if (!error.path("path").toString().equals("[\"input\",\"id\"]")) {
            return "its place is " + error.path("path");
        }
        if (!outcome.isBlocked()) {
            return "";
        }
        var isRight = error.path("__typename").asString().equals("TransitionBlocked")
                && error.path("from").asString().equals(state.name())
                && (to == null || error.path("to").asString().equals(to));
        return isRight ? "" : "told: " + to + ", answered: " + error;
    }

    private static String row(Given.Item item) {
        return gateway.database()
                .query(
                        "SELECT to_jsonb(inventory_items)::text FROM inventory_items WHERE id = ?",
                        row -> row.getString(1),
                        item.id())
                .getFirst();
    }
}
