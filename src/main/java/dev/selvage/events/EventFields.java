package dev.selvage.events;

import dev.selvage.consignors.Consignor;
import dev.selvage.events.RegistrationRepository.WaitlistPosition;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code Query.event}, {@code Query.events}, the types {@code Event} and {@code Registration}, and where they hang. */
@Component
class EventFields implements Wiring {
    private final EventRepository events;
    private final RegistrationRepository registrations;

    EventFields(EventRepository events, RegistrationRepository registrations) {
        this.events = events;
        this.registrations = registrations;
    }

    @Override
    public void wire(Fields fields) {
        var ofViewer = new Lookup<>(Long.class, registrations::findAllOfViewer, Registration::eventId);
        var positions = new Lookup<>(Long.class, registrations::waitlistPositions, WaitlistPosition::registrationId);

        fields.query().byId("event", Event.class).page("events", EventRepository.EVENTS);
        fields.type(Event.class)
                .id(new Lookup<>(Long.class, events::findAll, Event::id))
                .transitions(EventRepository.EVENT, Event::id, Event::status, EventRules.ALL)
                .page("registrations", RegistrationRepository.REGISTRATIONS, "event_id", Event::id)
                .lookup("viewerRegistration", Event::id, ofViewer);
        fields.type(Registration.class)
                .id(new Lookup<>(Long.class, registrations::findAll, Registration::id))
                .transitions(
                        RegistrationRepository.REGISTRATION,
                        Registration::id,
                        Registration::status,
                        RegistrationRules.ALL)
                .toOne("event", Registration::eventId, Event.class)
                .toOne("consignor", Registration::consignorId, Consignor.class)
                .lookup("waitlistPosition", EventFields::waiting, positions, WaitlistPosition::place);
        fields.extend(Consignor.class)
                .page("registrations", RegistrationRepository.REGISTRATIONS, "consignor_id", Consignor::id);
    }

    /** The registration's id if it waits, so that the others cost no statement. */
    private static @Nullable Long waiting(Registration registration) {
        return registration.status() == RegistrationStatus.WAITLISTED ? registration.id() : null;
    }
}
