package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Query.viewer}: who is asking. */
class ViewerTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String WHO = "{ viewer { user { id email } roles scopes } }";

    @Test
    void anonymousIsNobody() {
        assertThat(viewer(gateway.anonymous())).isEqualTo("{\"user\":null,\"roles\":[],\"scopes\":[]}");
    }

    @Test
    void aUserIsThemselves() {
        var user = given.user();

        assertThat(viewer(gateway.user(user)))
                .isEqualTo("{\"user\":{\"id\":\"%s\",\"email\":\"%s\"},\"roles\":[\"USER\"],\"scopes\":[]}"
                        .formatted(user.globalId(), user.email()));
    }

    @Test
    void anAdministratorIsOneByTheDatabaseAlone() {
        var admin = given.admin();

        assertThat(viewer(gateway.user(admin)))
                .isEqualTo("{\"user\":{\"id\":\"%s\",\"email\":\"%s\"},\"roles\":[\"ADMIN\"],\"scopes\":[]}"
                        .formatted(admin.globalId(), admin.email()));
    }

    @ParameterizedTest
    @CsvSource({
        "read:consignors, '[\"read:consignors\"]'",
        "read:inventory read:consignors, '[\"read:consignors\",\"read:inventory\"]'",
        "write:inventory, '[\"read:inventory\",\"write:inventory\"]'"
    })
    void anIntegratorIsItsScopesAndWritingIncludesReading(String asked, String carried) {
        assertThat(viewer(gateway.integrator(asked)))
                .isEqualTo("{\"user\":null,\"roles\":[],\"scopes\":%s}".formatted(carried));
    }

    @Test
    void whoMayWriteInventoryMayReadIt() {
        var event = given.event("published");
        var pending = given.item(event, given.consignor(), "pending");
        var query = "{ inventoryItem(by: { id: \"%s\" }) { id rejectionReason } }".formatted(pending.globalId());

        assertThat(gateway.integrator("write:inventory").query(query).ok().text("inventoryItem", "id"))
                .isEqualTo(pending.globalId());
        assertThat(gateway.integrator("write:orders")
                        .query(query)
                        .ok()
                        .at("inventoryItem")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."})
    void aTokenThatIsNoneIsUnauthenticated(String token) {
        refused(gateway.bearer(token));
    }

    @Test
    void aTokenOfWhichOneSignatureCharacterDiffersIsUnauthenticated() {
        var token = gateway.token("sub=" + given.user().subject());
        int at = token.length() - 10;

        refused(gateway.bearer(
                token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1)));
    }

    private static void refused(Caller caller) {
        var answer = caller.query("{ __typename }");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertThat(answer.errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(answer.at("__typename").isMissingNode()).isTrue();
    }

    private static String viewer(Caller caller) {
        return caller.query(WHO).ok().at("viewer").toString();
    }
}
