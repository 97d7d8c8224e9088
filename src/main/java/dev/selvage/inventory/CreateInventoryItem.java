package dev.selvage.inventory;

import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TRANSITION_BLOCKED;
import static dev.selvage.kernel.UserError.ErrorCode.WINDOW_CLOSED;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.createInventoryItem}: hands an item in for an event at which its consignor has a place. */
@Component
class CreateInventoryItem implements Mutation<InventoryItem> {
    private static final long VIEWERS_OWN = 0;

    private final InventoryItemRepository items;

    CreateInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        var event = input.id("eventId", "Event", Long.class);
        if (event == null) {
            return Mono.just(Payload.refused(UserError.notFound(input.at("eventId"))));
        }
        var consignor = input.value("consignorId") == null
                ? Long.valueOf(VIEWERS_OWN)
                : input.id("consignorId", "Consignor", Long.class);
        if (consignor == null) {
            return Mono.just(Payload.refused(UserError.notFound(input.at("consignorId"))));
        }
        // A statement of its own: the next one sees what whoever held it before has made of it.
        return items.lockPlace(event, consignor)
                .then(Mono.defer(() -> items.insert(input, event, consignor)))
                .flatMap(made -> made.isEmpty()
                        ? items.findPlace(event, consignor).map(place -> Payload.refused(why(input, consignor, place)))
                        : Mono.just(Payload.of(made.getFirst())));
    }

    private static List<UserError> why(Input input, long consignor, Place place) {
        var errors = new ArrayList<UserError>();
        if (!place.hasEvent()) {
            errors.add(UserError.notFound(input.at("eventId")));
        }
        if (!place.hasConsignor()) {
            errors.add(
                    consignor == VIEWERS_OWN
                            ? new InputError(
                                    REQUIRED,
                                    "You have no profile as a consignor. Register as one first, or name a consignor if you are an administrator.",
                                    input.at("consignorId"))
                            : UserError.notFound(input.at("consignorId")));
        }
        if (errors.isEmpty()) {
            errors.addAll(blockers(input, place));
        }
        if (errors.isEmpty()) {
            errors.addAll(input.errors());
        }
        return errors.isEmpty()
                ? List.of(ofEvent(input, TRANSITION_BLOCKED, "This event has changed just now. Try again."))
                : errors;
    }

    /** Whoever cannot hand in anything any more need not join. */
    private static List<UserError> blockers(Input input, Place place) {
        if (!place.isPublished()) {
            return List.of(ofEvent(input, TRANSITION_BLOCKED, "This event takes no items: it is not published."));
        }
        if (!place.isOpen()) {
            return List.of(ofEvent(input, WINDOW_CLOSED, InventoryRules.DROP_OFF_IS_OVER));
        }
        return place.isTaken()
                ? List.of()
                : List.of(ofEvent(
                        input,
                        TRANSITION_BLOCKED,
                        "You have no place at this event. Join it first, or wait until a place comes free."));
    }

    private static UserError ofEvent(Input input, ErrorCode code, String sentence) {
        return new InputError(code, sentence, input.at("eventId"));
    }
}
