package dev.selvage.events;

import dev.selvage.events.RegistrationRepository.Joined;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.CapacityReached;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.joinEvent}: takes a place at an event, or joins its waiting list. */
@Component
class JoinEvent implements Mutation<Registration> {
    private final RegistrationRepository registrations;

    JoinEvent(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public Mono<Payload<Registration>> change(Input input) {
        var event = input.id("eventId", "Event", Long.class);
        if (event == null) {
            return Mono.just(Payload.refused(UserError.notFound(input.at("eventId"))));
        }
        var waits = input.bool("joinWaitlist");
        if (input.value("consignorId") == null) {
            return registrations.join(event, waits).flatMap(joined -> answer(input, joined));
        }
        var consignor = input.id("consignorId", "Consignor", Long.class);
        return consignor == null
                ? Mono.just(Payload.refused(UserError.notFound(input.at("consignorId"))))
                : registrations.join(event, consignor, waits).flatMap(joined -> answer(input, joined));
    }

    private Mono<Payload<Registration>> answer(Input input, Joined joined) {
        return switch (joined.outcome()) {
            case REGISTERED, WAITLISTED ->
                registrations.findAll(List.of(joined.registrationId())).map(found -> Payload.of(found.getFirst()));
            case UNKNOWN_EVENT -> refused(UserError.notFound(input.at("eventId")));
            case UNKNOWN_CONSIGNOR -> refused(UserError.notFound(input.at("consignorId")));
            case NOBODY_NAMED -> refused(ErrorCode.REQUIRED, "Name the consignor who joins.", input.at("consignorId"));
            case NO_CONSIGNOR ->
                refused(ErrorCode.FORBIDDEN, "Only consignors join events. Register as one first.", null);
            case ANOTHER_CONSIGNOR ->
                refused(
                        ErrorCode.FORBIDDEN,
                        "Only administrators name another consignor. Leave it out to join yourself.",
                        input.at("consignorId"));
            case NOT_PUBLISHED ->
                refused(ErrorCode.TRANSITION_BLOCKED, "This event takes no consignors.", input.at("eventId"));
            case DROP_OFF_OVER ->
                refused(ErrorCode.WINDOW_CLOSED, "Drop-off for this event has ended.", input.at("eventId"));
            case JOINED_BEFORE ->
                refused(ErrorCode.NOT_UNIQUE, "This consignor has joined the event already.", input.at("eventId"));
            case FULL -> refused(new CapacityReached(input.at("eventId"), joined.capacity()));
        };
    }

    private static Mono<Payload<Registration>> refused(UserError why) {
        return Mono.just(Payload.refused(why));
    }

    private static Mono<Payload<Registration>> refused(ErrorCode code, String sentence, @Nullable List<String> path) {
        return refused(new InputError(code, sentence, path));
    }
}
