package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registrations of an event and of a consignor, the waiting list, and the viewer's own place. */
class RegistrationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.Event event = given.event("published");
    private static final List<String> STATUSES =
            List.of("registered", "waitlisted", "cancelled", "waitlisted", "checked_in", "waitlisted", "checked_out");
    private static final List<Given.Consignor> consignors =
            STATUSES.stream().map(_ -> given.consignor()).toList();
    private static final List<Given.Registration> registrations = java.util.stream.IntStream.range(0, STATUSES.size())
            .mapToObj(i -> given.registration(event, consignors.get(i), STATUSES.get(i)))
            .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filter: { status: WAITLISTED } | 135",
                "filter: { status: [CHECKED_IN] } | 4",
                "filter: { status: [REGISTERED, CANCELLED] } | 02",
                "filter: { status: [] } | ``",
                "filter: { status: null } | 0123456",
                "filter: {} | 0123456",
                "filter: null | 0123456",
                "last: 2 | 56"
            })
    void anEventsRegistrationsInTheOrderTheyCameFilteredByStatus(String arguments, String expected) {
        var answer = ask("{ event(id: \"%s\") { registrations(%s) { nodes { id } totalCount } } }"
                .formatted(event.globalId(), arguments));

        assertThat(answer.all("id", "event", "registrations", "nodes"))
                .containsExactlyElementsOf(expected.chars()
                        .mapToObj(digit -> registrations.get(digit - '0').globalId())
                        .toList());
    }

    @Test
    void theFirstOfTheWaitingListIsNextAndOnlyWhoWaitsHasAPosition() {
        var answer = ask(
                "{ event(id: \"%s\") { registrations { nodes { waitlistPosition } } } }".formatted(event.globalId()));

        assertThat(answer.all("waitlistPosition", "event", "registrations", "nodes"))
                .containsExactly("", "1", "", "2", "", "3", "");
    }

    @Test
    void whoWaitsSeesTheirPlaceAndNobodyElse() {
        var answer = gateway.user(consignors.get(5).user())
                .query(
                        "{ event(id: \"%s\") { viewerRegistration { waitlistPosition consignor { number } event { id } } } }"
                                .formatted(event.globalId()))
                .ok();

        assertThat(answer.at("event", "viewerRegistration", "waitlistPosition").asInt())
                .isEqualTo(3);
        assertThat(answer.at("event", "viewerRegistration", "consignor", "number")
                        .asInt())
                .isEqualTo(consignors.get(5).number());
        assertThat(answer.text("event", "viewerRegistration", "event", "id")).isEqualTo(event.globalId());
    }

    @Test
    void aLiveRegistrationIsPreferredToOnesThatWereCancelledAndElseTheLastOfThese() {
        var consignor = given.consignor();
        var twice = given.event("published");
        given.registration(twice, consignor, "cancelled");
        var live = given.registration(twice, consignor, "registered");
        given.registration(twice, consignor, "cancelled");
        var left = given.event("published");
        given.registration(left, consignor, "cancelled");
        var last = given.registration(left, consignor, "cancelled");
        var query =
                "{ a: event(id: \"%s\") { viewerRegistration { id } } b: event(id: \"%s\") { viewerRegistration { id } } }"
                        .formatted(twice.globalId(), left.globalId());

        var own = gateway.user(consignor.user()).query(query).ok();
        assertThat(own.text("a", "viewerRegistration", "id")).isEqualTo(live.globalId());
        assertThat(own.text("b", "viewerRegistration", "id")).isEqualTo(last.globalId());
        assertThat(gateway.anonymous()
                        .query(query)
                        .ok()
                        .at("a", "viewerRegistration")
                        .isNull())
                .isTrue();
        assertThat(ask(query).at("a", "viewerRegistration").isNull()).isTrue();
    }

    @Test
    void aRegistrationLeadsToItsEventAndItsConsignorAndBack() {
        var answer = ask("""
                { node(id: "%s") { ... on Registration { status event { id }
                    consignor { id registrations(filter: { status: CHECKED_IN }) { nodes { event { id } } } user { consignor { id } } } } } }
                """.formatted(registrations.get(4).globalId()));

        assertThat(answer.text("node", "status")).isEqualTo("CHECKED_IN");
        assertThat(answer.text("node", "event", "id")).isEqualTo(event.globalId());
        assertThat(answer.text("node", "consignor", "user", "consignor", "id"))
                .isEqualTo(consignors.get(4).globalId());
        assertThat(answer.text("node", "consignor", "registrations", "nodes", 0, "event", "id"))
                .isEqualTo(event.globalId());
    }

    @Test
    void anEventCountsThoseWhoHoldAPlace() {
        assertThat(ask("{ event(id: \"%s\") { registeredCount } }".formatted(event.globalId()))
                        .at("event", "registeredCount")
                        .asInt())
                .isEqualTo(3);
    }

    private static Answer ask(String query) {
        return gateway.user(admin).query(query).ok();
    }
}
