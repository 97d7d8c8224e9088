package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.Scope;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Sixty-four viewers of a crowd, no two alike, each with the same kinds of questions about their own and others' records. */
final class CrowdClients {
    static final int MEMBERS = 45;
    private static final int ADMINISTRATORS = 3;
    private static final int LINES = 8;

    /** Every set of these but the empty one is an integrator's: the issuer makes no token without a scope. */
    private static final Map<Scope, Set<String>> SCOPES = new TreeMap<>(Map.of(
            Scope.READ_CONSIGNORS, Set.of("consignor", "event"),
            Scope.READ_INVENTORY, Set.of("item", "event"),
            Scope.READ_ORDERS, Set.of("order"),
            Scope.READ_CALENDAR, Set.of("entry")));

    private static final List<String> TYPES =
            List.of("User", "Consignor", "Event", "Registration", "InventoryItem", "Order", "CalendarEntry", "Metric");

    private static final Set<String> MEMBERS_OWN = Set.of("user", "consignor", "event", "item", "order", "entry");
    private static final Set<String> EVERYTHING =
            Set.of("user", "consignor", "event", "item", "order", "entry", "metric");

    private static final List<String> QUESTIONS = List.of(
            """
            { viewer { roles scopes user { email name consignor { name email }
                orders(first: 5) { nodes { customerName lines { name subject { id } } } }
                calendarEntries(first: 5) { totalCount nodes { title } } } } }""",
            """
            { viewer { user { consignor {
                inventoryItems(first: 5) { totalCount nodes { name rejectionReason event { name viewerRegistration { id } } } }
                registrations { nodes { status waitlistPosition event { name } } } } } } }""",
            "query ($own: ID!, $others: ID!) { own: node(id: $own) { ...order } others: node(id: $others) { ...order } }"
                    + " fragment order on Order { id customerName user { name } lines { name } }",
            """
            query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
                ... on User { called: name } ... on Consignor { name } ... on Event { name } ... on InventoryItem { name }
                ... on Order { customerName } ... on CalendarEntry { title } ... on Metric { metricType } } }""",
            """
            query ($etsy: String!, $othersEtsy: String!, $user: ID!) {
                own: order(by: { etsyOrderId: $etsy }) { customerEmail }
                others: order(by: { etsyOrderId: $othersEtsy }) { customerEmail }
                consignor(by: { userId: $user }) { name user { email } } }""",
            // One record of one kind: these share a connection.
            "query ($own: ID!) { node(id: $own) { ... on Order { id customerName notes status } } }",
            "query ($others: ID!) { node(id: $others) { ... on Order { id customerName notes status } } }",
            "query ($etsy: String!) { order(by: { etsyOrderId: $etsy }) { customerEmail } }",
            "query ($othersEtsy: String!) { order(by: { etsyOrderId: $othersEtsy }) { customerEmail } }",
            "query ($user: ID!) { consignor(by: { userId: $user }) { name email } }",
            "query ($words: String!) { search(query: $words, first: 5, kinds: [ORDER, INVENTORY_ITEM, CALENDAR_ENTRY]) { nodes { rank node { id } } } }",
            """
            query ($words: String!) { inventoryItems(first: 5, filter: { search: $words, status: [REJECTED, APPROVED] }) {
                totalCount nodes { name rejectionReason consignor { name } } } }""",
            "{ calendarEntries(first: 5) { totalCount nodes { title user { email } } } }",
            "{ orders(first: 5) { nodes { customerName user { email } lines { name } } } }",
            "{ consignors(first: 3) { nodes { name user { email } inventoryItems(first: 2) { nodes { name status } } } } }",
            "{ events(first: 5, filter: { status: [DRAFT] }) { totalCount nodes { name viewerRegistration { id } } } }",
            """
            { inventoryItems(first: 50) { nodes { id name description category size condition status createdAt updatedAt
                event { id name location sale { start end } } price { amount currency } } } }""");

    private final Gateway gateway;
    private final Crowd crowd;
    private final List<HttpClient> lines = new ArrayList<>();
    private final List<CrowdClient> clients = new ArrayList<>();

    private CrowdClients(Gateway gateway) {
        this.gateway = gateway;
        this.crowd = new Crowd(gateway, MEMBERS);
        for (int i = 0; i < LINES; i++) {
            lines.add(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
        }
    }

    /** Everybody, each having asked everything once, and alone. */
    static List<CrowdClient> of(Gateway gateway) throws Exception {
        var made = new CrowdClients(gateway);
        var given = new Given(gateway);
        gateway.database().execute("selvage_owner", "ANALYZE");
        made.other("anonymous", gateway.anonymous(), Set.of());
        for (int i = 0; i < ADMINISTRATORS; i++) {
            made.other("administrator " + i, gateway.user(given.admin()), EVERYTHING);
        }
        for (int set = 1; set < 1 << SCOPES.size(); set++) {
            made.integrator(set);
        }
        for (int n = 1; n <= MEMBERS; n++) {
            made.member(n);
        }
        return made.clients;
    }

    private void integrator(int set) throws Exception {
        var words = new TreeSet<String>();
        var sees = new TreeSet<String>();
        int bit = 1;
        for (var scope : SCOPES.entrySet()) {
            if ((set & bit) > 0) {
                words.add(scope.getKey().word());
                sees.addAll(scope.getValue());
            }
            bit <<= 1;
        }
        var scopes = String.join(" ", words);
        other("integrator with " + scopes, gateway.integrator(scopes), sees);
    }

    /** What a member is told is their own, all of it and nothing else. */
    private void member(int n) throws Exception {
        var client = add("member " + n, gateway.user(crowd.member(n)), n);

        assertThat(client.canaries(canaries()))
                .as(client.toString())
                .containsExactlyInAnyOrderElementsOf(
                        MEMBERS_OWN.stream().map(kind -> crowd.canary(kind, n)).toList());
    }

    /** What others are told is of the kinds that they may see, of all these. */
    private void other(String name, Caller caller, Set<String> sees) throws Exception {
        var client = add(name, caller, 1 + clients.size());
        var kinds = client.canaries(canaries()).stream()
                .map(canary -> canary.replaceAll("^" + crowd.word + "|[0-9]+z$", ""))
                .collect(Collectors.toSet());

        assertThat(kinds).as(name).isEqualTo(sees);
    }

    private Pattern canaries() {
        return Pattern.compile(crowd.word + "[a-z]+[0-9]+z");
    }

    private CrowdClient add(String name, Caller caller, int own) throws Exception {
        var line = lines.get(clients.size() % LINES);
        var client = new CrowdClient(name, line, gateway.address(), caller.token(), questions(own));
        client.askAlone();
        clients.add(client);
        return client;
    }

    /** About the records of the n-th member and of the next one. */
    private List<String> questions(int n) {
        int next = n % MEMBERS + 1;
        var ids = TYPES.stream()
                .flatMap(type -> Stream.of(crowd.id(type, n), crowd.id(type, next)))
                .toList();
        var variables = Map.of(
                "own", crowd.id("Order", n),
                "others", crowd.id("Order", next),
                "ids", ids,
                "etsy", crowd.canary("order", n),
                "othersEtsy", crowd.canary("order", next),
                "user", crowd.id("User", n),
                "words", crowd.word + "*");
        return QUESTIONS.stream()
                .map(query -> JsonMapper.shared().writeValueAsString(Map.of("query", query, "variables", variables)))
                .toList();
    }
}
