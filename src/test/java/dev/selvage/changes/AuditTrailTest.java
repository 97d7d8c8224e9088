package dev.selvage.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Query.auditTrail}: who changed what, the latest first. */
class AuditTrailTest {
    private static final String TRAIL = """
            query ($subject: ID, $first: Int, $after: String) {
              auditTrail(subjectId: $subject, first: $first, after: $after) {
                edges { cursor }
                nodes { cursor at actor { id } actorSubject operation requestId kind topic subjectId changes }
                pageInfo { hasNextPage hasPreviousPage endCursor }
              }
            }""";

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User actor = given.admin();
    private static final Caller admin = gateway.user(actor);

    private static void change(String actor, String subject, String sql) {
        gateway.database().execute("selvage_owner", """
                        SELECT set_config('selvage.viewer', '%s', true), set_config('selvage.subject', '%s', true),
                               set_config('selvage.request', 'r7', true), set_config('selvage.operation', 'Reprice', true);
                        %s
                        """.formatted(actor, subject, sql));
    }

    @Test
    void anEntryTellsWhoAndFromWhichValueToWhich() {
        var fabric = given.fabric("Twill", "cotton", new BigDecimal("12.50"));
        change(
                actor.id().toString(),
                actor.subject(),
                "UPDATE fabrics SET price = 9.90, subcategory = 'fine' WHERE id = '%s'".formatted(fabric.id()));

        var trail = trail(fabric.globalId(), null, null).ok();

        assertThat(trail.all("kind", "auditTrail", "nodes")).containsExactly("UPDATED", "CREATED");
        var latest = trail.at("auditTrail", "nodes", 0);
        assertThat(latest.path("changes").propertyNames()).containsExactly("price", "subcategory");
        assertThat(latest.path("changes").path("subcategory").toString()).isEqualTo("{\"new\":\"fine\",\"old\":null}");
        assertThat(latest.path("changes").path("price").path("new").decimalValue())
                .isEqualByComparingTo("9.9");
        assertThat(latest.path("changes").path("price").path("old").decimalValue())
                .isEqualByComparingTo("12.5");
        assertThat(latest.path("actor").path("id").asString()).isEqualTo(actor.globalId());
        assertThat(latest.path("actorSubject").asString()).isEqualTo(actor.subject());
        assertThat(latest.path("operation").asString()).isEqualTo("Reprice");
        assertThat(latest.path("requestId").asString()).isEqualTo("r7");
        assertThat(latest.path("topic").asString()).isEqualTo("FABRIC");
        assertThat(latest.path("subjectId").asString()).isEqualTo(fabric.globalId());
        var first = trail.at("auditTrail", "nodes", 1);
        for (var unknown : List.of("actor", "actorSubject", "operation", "requestId")) {
            assertThat(first.path(unknown).isNull()).as(unknown).isTrue();
        }
    }

    @Test
    void anActorWhoIsGoneIsNullAndTheirSubjectStays() {
        var fabric = given.fabric();
        change(
                UUID.randomUUID().toString(),
                "gone",
                "UPDATE fabrics SET price = 1 WHERE id = '%s'".formatted(fabric.id()));

        var latest = trail(fabric.globalId(), null, null).ok().at("auditTrail", "nodes", 0);

        assertThat(latest.path("actor").isNull()).isTrue();
        assertThat(latest.path("actorSubject").asString()).isEqualTo("gone");
    }

    @Test
    void signingInForTheFirstTimeIsOneEntryWithoutTheAddress() {
        var subject = Given.unique("newcomer");
        var user = gateway.bearer(
                        gateway.token("sub=" + subject + "&email=" + subject + "@example.com&name=" + subject))
                .query("{ viewer { user { id email } } }")
                .ok();
        assertThat(user.text("viewer", "user", "email")).contains(subject);

        var trail = trail(user.text("viewer", "user", "id"), null, null).ok();

        assertThat(trail.all("kind", "auditTrail", "nodes")).containsExactly("CREATED");
        assertThat(trail.at("auditTrail", "nodes", 0, "actor").isNull()).isTrue();
        assertThat(trail.at("auditTrail", "nodes", 0, "changes", "email").toString())
                .isEqualTo("{\"changed\":true}");
        assertThat(trail.body().toString()).doesNotContain(subject);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void pagesOfAnySizeGoBackToTheFirstChange(int size) {
        var fabric = given.fabric();
        var prices = IntStream.range(1, 8).mapToObj(String::valueOf).toList();
        prices.forEach(price -> gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE fabrics SET stock_quantity = 10 + %s WHERE id = '%s'".formatted(price, fabric.id())));
        var walked = new ArrayList<Integer>();
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            var page = trail(fabric.globalId(), size, after).ok();
            page.at("auditTrail", "nodes")
                    .forEach(entry -> walked.add(entry.path("changes")
                            .path("stock_quantity")
                            .path("new")
                            .asInt()));
            assertThat(page.all("cursor", "auditTrail", "nodes")).isEqualTo(page.all("cursor", "auditTrail", "edges"));
            after = page.text("auditTrail", "pageInfo", "endCursor");
            more = page.at("auditTrail", "pageInfo", "hasNextPage").asBoolean();
        }

        assertThat(walked).containsExactly(17, 16, 15, 14, 13, 12, 11, 10);
    }

    @Test
    void withoutASubjectItIsTheLatestOfEverything() {
        var fabric = given.fabric();
        var event = given.event("draft");

        var answer = trail(null, 2, null).ok();

        assertThat(answer.all("subjectId", "auditTrail", "nodes")).containsExactly(event.globalId(), fabric.globalId());
        assertThat(answer.at("auditTrail", "pageInfo", "hasNextPage").asBoolean())
                .isTrue();
    }

    @Test
    void aPageIsOneStatementAndItsActorsOneMore() {
        Settled.await(gateway.database());

        assertThat(admin.query("{ auditTrail { nodes { changes } } }").ok().statements())
                .isEqualTo(1);
        assertThat(admin.query("{ auditTrail(subjectId: \"%s\") { nodes { kind } } }".formatted(actor.globalId()))
                        .ok()
                        .statements())
                .isEqualTo(1);
        assertThat(trail(null, 100, null).ok().statements()).isBetween(1, 2);
    }

    @Test
    void ofARecordThatThereNeverWasNothingIsTold() {
        assertThat(trail(GlobalId.of("Event", Long.MAX_VALUE), null, null)
                        .ok()
                        .at("auditTrail", "nodes")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"Event, 0", "Event, x", "Fabric, 1", "Metric, x", "OrderLine, 1", "Nothing, 1", "Query, 1"})
    void anIdOfWhatCannotExistIsBadInput(String type, String key) {
        assertThat(trail(GlobalId.of(type, key), null, null).errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "Event:1", "RXZlbnQ6MQ=="})
    void whatIsNoIdIsBadInput(String text) {
        assertThat(trail(text, null, null).errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @Test
    void aCursorOfTheFeedIsNotOneOfTheTrail() {
        Settled.await(gateway.database());
        var feed = admin.query("{ changes(first: 1) { edges { cursor } } }").text("changes", "edges", 0, "cursor");

        assertThat(trail(null, 1, feed).errorCodes()).containsExactly("INVALID_CURSOR");
        assertThat(trail(null, 1, feed.substring(1)).errorCodes()).containsExactly("INVALID_CURSOR");
    }

    private static Answer trail(@Nullable String subject, @Nullable Integer first, @Nullable String after) {
        Settled.await(gateway.database());
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("subject", subject);
        variables.put("after", after);
        if (first != null) {
            variables.put("first", first);
        }
        return admin.query(TRAIL, variables);
    }
}
