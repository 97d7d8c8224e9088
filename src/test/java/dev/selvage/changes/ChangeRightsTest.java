package dev.selvage.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told what happened. */
class ChangeRightsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Consignor consignor = given.consignor();

    @ParameterizedTest
    @CsvSource({
        "administrator, told, told",
        "integrator read:changes, told, FORBIDDEN",
        "integrator write:documents, FORBIDDEN, FORBIDDEN",
        "integrator read:orders read:consignors read:inventory read:calendar read:analytics, FORBIDDEN, FORBIDDEN",
        "consignor, FORBIDDEN, FORBIDDEN",
        "anonymous, UNAUTHENTICATED, UNAUTHENTICATED"
    })
    void changesAreForAdministratorsAndTheScopeAndTheTrailForAdministrators(String who, String feed, String trail) {
        Settled.await(gateway.database());

        assertThat(told(who, "changes(first: 1) { nodes { subjectId } pageInfo { hasNextPage } }", "changes"))
                .isEqualTo(feed);
        assertThat(told(who, "auditTrail(first: 1) { nodes { subjectId changes } }", "auditTrail"))
                .isEqualTo(trail);
        assertThat(told(
                        who,
                        "auditTrail(subjectId: \"" + consignor.globalId() + "\") { nodes { actorSubject } }",
                        "auditTrail"))
                .isEqualTo(trail);
    }

    private static String told(String who, String query, String field) {
        var answer = caller(who).query("{ " + query + " sibling: __typename }");
        assertThat(answer.text("sibling")).isEqualTo("Query");
        if (answer.errorCodes().isEmpty()) {
            return answer.at(field, "nodes").isEmpty() ? "nothing" : "told";
        }
        assertThat(answer.at(field).isNull()).isTrue();
        assertThat(answer.statements()).isZero();
        return String.join(" ", answer.errorCodes());
    }

    private static Caller caller(String who) {
        return switch (who) {
            case "administrator" -> gateway.user(given.admin());
            case "consignor" -> gateway.user(consignor.user());
            case "anonymous" -> gateway.anonymous();
            default -> gateway.integrator(who.replace("integrator ", ""));
        };
    }
}
