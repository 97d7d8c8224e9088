package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An address is found by what the database makes of it, whatever Java would. */
class EmailTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.Fabric fabric = given.fabric();
    private static final String WORD = Given.unique("spool");

    /** Spaces that are none to {@code btrim}, and capitals whose lower case is told differently. */
    static Stream<String> addresses() {
        return Stream.of(
                WORD + "a@example.com",
                "  " + WORD + "B@Example.COM ",
                "\u00a0" + WORD + "c@example.com",
                "\u202f" + WORD + "d@example.com\u2007",
                "ÄÖÜÉÑ" + WORD + "@example.com",
                WORD + "ΟΔΟΣ@example.com",
                "İI" + WORD + "@example.com",
                "\u212A\u212B\u2126" + WORD + "@example.com",
                "ẞß" + WORD + "@example.com",
                "ǅᲐᏣ" + WORD + "@example.com",
                "𐐀" + WORD + "@example.com");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void aUserAndTheirOrdersAreFoundByTheAddressInAnyCase(String address) {
        var user = given.user();
        gateway.database()
                .execute(
                        "selvage_owner", "UPDATE users SET email = '%s' WHERE id = '%s'".formatted(address, user.id()));
        var order = given.guestOrder(address, "delivered", fabric);

        for (var asked : List.of(address, " " + address, lower(address), upper(address))) {
            var answer = gateway.user(admin).query("""
                            query ($email: EmailAddress!) { user(by: { email: $email }) { id }
                              orders(filter: { customerEmail: $email }) { nodes { id } } }""", Map.of("email", asked)).ok();
            var same = key(asked).equals(key(address));

            assertThat(answer.at("user", "id").asString("")).as(asked).isEqualTo(same ? user.globalId() : "");
            assertThat(answer.all("id", "orders", "nodes"))
                    .as(asked)
                    .isEqualTo(same ? List.of(order.globalId()) : List.of());
        }
    }

    @Test
    void severalAddressesOfOneUserAndOfOthersAreOneStatement() {
        var one = given.user();
        var other = given.user();
        var answer = gateway.user(admin)
                .query("""
                        { a: user(by: { email: "%1$s" }) { id } b: user(by: { email: "%2$s" }) { id }
                          c: user(by: { email: " %1$s " }) { id } d: user(by: { email: "%3$s" }) { id }
                          e: user(by: { email: "nobody.%1$s" }) { id } }
                        """.formatted(one.email(), upper(one.email()), other.email()))
                .ok();

        for (var alias : List.of("a", "b", "c")) {
            assertThat(answer.text(alias, "id")).isEqualTo(one.globalId());
        }
        assertThat(answer.text("d", "id")).isEqualTo(other.globalId());
        assertThat(answer.at("e").isNull()).isTrue();
        assertThat(answer.statements()).isEqualTo(1);
    }

    private static String key(String address) {
        return sql("SELECT translate(btrim(?), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')", address);
    }

    private static String lower(String text) {
        return sql("SELECT lower(?)", text);
    }

    private static String upper(String text) {
        return sql("SELECT upper(?)", text);
    }

    private static String sql(String query, String text) {
        return gateway.database().query(query, row -> row.getString(1), text).getFirst();
    }
}
