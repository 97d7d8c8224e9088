package dev.selvage.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Query.changes}: what happened, the oldest first, in pages that go on where the last one ended. */
class ChangeFeedTest {
    private static final String FEED = """
            query ($first: Int, $after: String, $topics: [ChangeTopic!]) {
              changes(first: $first, after: $after, topics: $topics) {
                edges { cursor }
                nodes { cursor at kind topic subjectId subject { __typename id } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }""";

    private static Gateway gateway;
    private static Caller admin;
    private static Given.Fabric fabric;
    private static Given.Event draft;
    private static Given.Order order;
    private static Given.Metric gone;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(TestPostgres.embedded18().database("change_feed"));
        var given = new Given(gateway);
        admin = gateway.user(given.admin());
        var consignor = given.consignor();
        draft = given.event("draft");
        var published = given.event("published");
        given.registration(published, consignor, "registered");
        given.item(published, consignor, "approved");
        fabric = given.fabric();
        order = given.order(consignor.user(), "processing", fabric);
        given.calendarEntry(consignor.user(), "Entry", null);
        gone = given.metric("visits", LocalDate.of(2026, 1, 1), null, "1");
        execute("DELETE FROM analytics");
        execute("UPDATE fabrics SET price = 1");
        execute("UPDATE fabrics SET price = 2");
        // Nobody's sign-in is among what follows.
        admin.query("{ viewer { user { id } } }").ok();
        Settled.await(gateway.database());
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    private static void execute(String sql) {
        gateway.database().execute("selvage_owner", sql);
    }

    @Test
    void everyChangeIsToldOnceInTheOrderOfTheLog() {
        var log = gateway.database()
                .query(
                        "SELECT kind, topic, subject FROM changes ORDER BY xact, id",
                        row -> (row.getString(1) + " " + row.getString(2) + " " + row.getString(3)));
        var answer = feed(null, null, null).ok();

        assertThat(log).hasSizeGreaterThan(14);
        assertThat(answer.at("changes", "nodes")
                        .valueStream()
                        .map(node -> "%s %s %s"
                                .formatted(
                                        node.path("kind").asString().toLowerCase(Locale.ROOT),
                                        node.path("topic").asString().toLowerCase(Locale.ROOT),
                                        GlobalId.parse(node.path("subjectId").asString())
                                                .key())))
                .containsExactlyElementsOf(log);
        assertThat(answer.all("cursor", "changes", "nodes"))
                .isEqualTo(answer.all("cursor", "changes", "edges"))
                .doesNotHaveDuplicates();
        assertThat(answer.at("changes", "pageInfo", "hasNextPage").asBoolean()).isFalse();
        assertThat(answer.at("changes", "pageInfo", "hasPreviousPage").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void pagesOfAnySizeHaveWhatOneLargePageHas(int size) {
        assertThat(walk(size, null)).isEqualTo(cursors(feed(100, null, null)));
    }

    @Test
    void topicsAreTheOnlyOnesTold() {
        var topics = List.of("FABRIC", "METRIC", "USER");
        var answer = feed(100, null, topics).ok();

        assertThat(answer.all("topic", "changes", "nodes"))
                .containsExactly("USER", "USER", "FABRIC", "METRIC", "METRIC", "FABRIC", "FABRIC");
        assertThat(walk(2, topics)).isEqualTo(cursors(answer));
        assertThat(feed(100, null, List.of()).ok().at("changes", "nodes").size())
                .isZero();
    }

    @Test
    void aCursorGoesOnWithOtherTopics() {
        var fabrics = cursors(feed(1, null, List.of("FABRIC")));
        var all = cursors(feed(100, null, null));

        assertThat(cursors(feed(100, fabrics.getFirst(), null)))
                .isEqualTo(all.subList(all.indexOf(fabrics.getFirst()) + 1, all.size()));
    }

    @Test
    void behindTheLastChangeIsAnEmptyPage() {
        var all = cursors(feed(100, null, null));
        var answer = feed(100, all.getLast(), null).ok();

        assertThat(cursors(answer)).isEmpty();
        assertThat(answer.at("changes", "pageInfo", "hasNextPage").asBoolean()).isFalse();
        assertThat(answer.at("changes", "pageInfo", "endCursor").isNull()).isTrue();
    }

    @Test
    void theSubjectIsTheRecordAsItIsNowAndNullOnceItIsGone() {
        var answer = feed(100, null, null).ok();

        answer.at("changes", "nodes").forEach(change -> {
            var id = change.path("subjectId").asString();
            assertThat(change.path("subject").path("id").asString("")).isEqualTo(id.equals(gone.globalId()) ? "" : id);
        });
        assertThat(answer.all("subjectId", "changes", "nodes")).contains(gone.globalId());
    }

    @Test
    void theSubjectIsNullToWhomItIsNotToBeSeen() {
        var integrator = gateway.integrator("read:changes read:orders");
        var answer = integrator.query(FEED, Map.of()).ok();
        var seen = answer.at("changes", "nodes")
                .valueStream()
                .filter(change -> !change.path("subject").isNull())
                .map(change -> change.path("subject").path("__typename").asString())
                .distinct();

        assertThat(answer.all("subjectId", "changes", "nodes"))
                .isEqualTo(feed(null, null, null).all("subjectId", "changes", "nodes"))
                .contains(draft.globalId(), order.globalId());
        assertThat(seen).containsExactlyInAnyOrder("Event", "InventoryItem", "Fabric", "Order");
        assertThat(answer.at("changes", "nodes")
                        .valueStream()
                        .filter(change -> change.path("subjectId").asString().equals(draft.globalId())))
                .allSatisfy(
                        change -> assertThat(change.path("subject").isNull()).isTrue());
    }

    @Test
    void aPageIsOneStatementAndItsSubjectsOneForEachKind() {
        assertThat(admin.query("{ changes(first: 10) { nodes { subjectId kind at cursor } } }")
                        .ok()
                        .statements())
                .isEqualTo(1);
        assertThat(feed(100, null, null).statements()).isEqualTo(1 + 10);
        assertThat(feed(100, null, List.of("FABRIC", "ORDER")).statements()).isEqualTo(1 + 2);
        assertThat(admin.query("{ changes(topics: []) { nodes { at } } }").ok().statements())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, BAD_USER_INPUT", "101, LIMIT_EXCEEDED"})
    void aSizeOutOfBoundsIsRefused(int size, String code) {
        assertThat(feed(size, null, null).errorCodes()).containsExactly(code);
    }

    static Stream<String> notACursorOfThisList() {
        var cursor = cursors(feed(3, null, null)).getLast();
        var forged = new ArrayList<String>();
        for (int i = 0; i < cursor.length(); i++) {
            forged.add(cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1));
        }
        forged.addAll(List.of("", "1", cursor + "A", cursor + "=", " " + cursor, cursor.substring(1)));
        forged.add(admin.query("{ auditTrail { edges { cursor } } }").text("auditTrail", "edges", 0, "cursor"));
        forged.add(admin.query("{ fabrics { edges { cursor } } }").text("fabrics", "edges", 0, "cursor"));
        return forged.stream();
    }

    @ParameterizedTest
    @MethodSource
    void notACursorOfThisList(String cursor) {
        assertThat(feed(3, cursor, null).errorCodes()).containsExactly("INVALID_CURSOR");
    }

    private static List<String> walk(int size, @Nullable List<String> topics) {
        var walked = new ArrayList<String>();
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            var answer = feed(size, after, topics).ok();
            assertThat(cursors(answer)).hasSizeBetween(1, size);
            assertThat(answer.at("changes", "pageInfo", "hasPreviousPage").asBoolean())
                    .isEqualTo(after != null);
            walked.addAll(cursors(answer));
            after = answer.text("changes", "pageInfo", "endCursor");
            assertThat(after).isEqualTo(walked.getLast());
            more = answer.at("changes", "pageInfo", "hasNextPage").asBoolean();
        }
        return walked;
    }

    private static Answer feed(@Nullable Integer first, @Nullable String after, @Nullable List<String> topics) {
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("after", after);
        variables.put("topics", topics);
        if (first != null) {
            variables.put("first", first);
        }
        return admin.query(FEED, variables);
    }

    private static List<String> cursors(Answer answer) {
        return answer.all("cursor", "changes", "edges");
    }
}
