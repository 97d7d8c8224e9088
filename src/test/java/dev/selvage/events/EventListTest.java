package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Query.events}. */
class EventListTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();

    @BeforeAll
    static void events() {

        var consignor = given.consignor();
        for (int i = 0; i < 12; i++) {
            var event = given.event("published");
            given.registration(event, consignor, "registered");
            for (int j = 0; j < 12; j++) {
                given.item(event, consignor, "approved");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void aPageOfEventsWithTheirItemsAndOwnersTakesFourStatementsWhateverItsSize(int size) {
        var answer = gateway.user(admin)
                .document("EventsWithItems", Map.of("first", size, "owners", true))
                .ok();

        assertThat(answer.at("events", "nodes").size()).isBetween(1, size);
        assertThat(answer.text("events", "nodes", 0, "inventoryItems", "nodes", 0, "consignor", "name"))
                .startsWith("Consignor");
        assertThat(answer.statements()).isEqualTo(4);
    }
}
