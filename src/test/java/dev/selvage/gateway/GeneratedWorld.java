package dev.selvage.gateway;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Scope;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The people of {@code generated-world.sql}, in a database of their own, and who of them may read what. */
final class GeneratedWorld {
    /**
     * Somebody who asks.
     *
     * @param user the {@code users.id}, if it is somebody's token
     * @param scopes of an integrator
     */
    record Asker(String name, Caller caller, @Nullable UUID user, boolean administrator, Set<Scope> scopes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Something that not everybody may read: what it is of, and whose it is. */
    private record Secret(String of, Set<UUID> owners, boolean isId) {
        boolean isTo(Asker asker) {
            boolean theirs = asker.user() != null && owners.contains(asker.user()) && !of.equals("note");
            return !asker.administrator()
                    && !theirs
                    // That something changed is told by its id.
                    && !(isId && asker.scopes().contains(Scope.READ_CHANGES))
                    && asker.scopes().stream().noneMatch(SCOPES.getOrDefault(of, Set.of())::contains);
        }
    }

    /** The scopes that open what is not an integrator's own; what is not named here is for administrators. */
    private static final Map<String, Set<Scope>> SCOPES = Map.of(
            "consignor", Set.of(Scope.READ_CONSIGNORS),
            "item", Set.of(Scope.READ_INVENTORY),
            "event", Set.of(Scope.READ_INVENTORY, Scope.READ_CONSIGNORS),
            "order", Set.of(Scope.READ_ORDERS),
            "entry", Set.of(Scope.READ_CALENDAR),
            "metric", Set.of(Scope.READ_ANALYTICS));

    private static final Pattern CANARY = Pattern.compile(
            "canary(user|consignor|item|event|order|note|entry|metric)(ada|bo|cid|eve|crowd|guest|nobody)");

    /** Records, and single values without room for a canary. */
    private static final String SECRETS = """
            SELECT 'User', id::text, 'user', ARRAY[id] FROM users
            UNION ALL SELECT 'Consignor', id::text, 'consignor', ARRAY[user_id] FROM consignors
            UNION ALL SELECT '', phone, 'consignor', ARRAY[user_id] FROM consignors
            UNION ALL SELECT 'Registration', r.id::text, 'consignor', ARRAY[user_id]
                        FROM event_registrations r JOIN consignors c ON c.id = consignor_id
            UNION ALL SELECT 'Event', id::text, 'event',
                             ARRAY(SELECT user_id FROM event_registrations JOIN consignors c ON c.id = consignor_id
                                    WHERE event_id = events.id
                                   UNION SELECT user_id FROM inventory_items WHERE event_id = events.id)
                        FROM events WHERE NOT listed
            UNION ALL SELECT 'InventoryItem', id::text, 'item', ARRAY[user_id] FROM inventory_items WHERE NOT listed
            UNION ALL SELECT '', barcode, 'item', ARRAY[user_id] FROM inventory_items WHERE NOT listed
            UNION ALL SELECT 'Order', id::text, 'order', ARRAY[user_id] FROM orders
            UNION ALL SELECT 'CalendarEntry', id::text, 'entry', ARRAY[user_id] FROM content_calendar
            UNION ALL SELECT 'Metric', id::text, 'metric', '{}' FROM analytics
            """;

    private final Gateway gateway =
            Gateway.startLenient(TestPostgres.embedded18().database("generated_world"));
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Map<String, UUID> people = new HashMap<>();
    private final List<Asker> askers = new ArrayList<>();
    private final List<Asker> readersOfOneThing;
    private final Asker administrator;

    /** The secrets that somebody was told: all of those that were not are no test of anything. */
    private final Set<String> told = new HashSet<>();

    GeneratedWorld() {
        var sql = TestPostgres.resource("generated-world.sql").replace("ISSUER", gateway.address());
        gateway.database().execute("selvage_owner", sql);
        gateway.database().execute("selvage_owner", "ANALYZE");
        gateway.database()
                .query(
                        "SELECT subject, id FROM users",
                        row -> people.put(row.getString(1), row.getObject(2, UUID.class)));
        gateway.database()
                .query(
                        SECRETS,
                        row -> secrets.put(
                                row.getString(1).isEmpty()
                                        ? row.getString(2)
                                        : GlobalId.of(row.getString(1), row.getString(2)),
                                new Secret(
                                        row.getString(3),
                                        owners(row.getArray(4)),
                                        !row.getString(1).isEmpty())));

        administrator = person("eve", true);
        askers.add(new Asker("anonymous", gateway.anonymous(), null, false, Set.of()));
        askers.add(person("ada", false));
        askers.add(person("bo", false));
        // One that reads nothing: the issuer makes no token without a scope.
        askers.add(integrator(Set.of(Scope.WRITE_DOCUMENTS)));
        askers.add(integrator(Set.of(Scope.values())));
        askers.add(administrator);
        readersOfOneThing = Arrays.stream(Scope.values())
                .filter(scope -> scope.word().startsWith("read:"))
                .map(scope -> integrator(Set.of(scope)))
                .toList();
    }

    private static Set<UUID> owners(Array array) throws java.sql.SQLException {
        var owners = new HashSet<UUID>();
        for (var owner : (Object[]) array.getArray()) {
            if (owner != null) {
                owners.add((UUID) owner);
            }
        }
        return owners;
    }

    private Asker person(String name, boolean administrator) {
        var id = people.get(name);
        if (id == null) {
            throw new IllegalArgumentException(name);
        }
        var user = new Given.User(id, name, "canaryuser" + name + "@example.com");
        return new Asker(name, gateway.user(user), id, administrator, Set.of());
    }

    private Asker integrator(Set<Scope> scopes) {
        var words = scopes.stream().map(Scope::word).sorted().collect(Collectors.joining(" "));
        return new Asker("an integrator with " + words, gateway.integrator(words), null, false, scopes);
    }

    Gateway gateway() {
        return gateway;
    }

    Asker administrator() {
        return administrator;
    }

    /** Everybody who asks the n-th query; those with one scope take turns. */
    List<Asker> askers(int n) {
        var all = new ArrayList<>(askers);
        all.add(readersOfOneThing.get(n % readersOfOneThing.size()));
        return all;
    }

    /** What the answer tells somebody who may not know it. */
    List<String> betrayedBy(JsonNode answer, Asker asker) {
        var betrayed = new ArrayList<String>();
        if (answer.isContainer()) {
            answer.forEach(part -> betrayed.addAll(betrayedBy(part, asker)));
        } else if (answer.isString()) {
            var text = answer.asString();
            check(text, secrets.get(text), asker, betrayed);
            var canaries = CANARY.matcher(text.toLowerCase(Locale.ROOT));
            while (canaries.find()) {
                var owner = people.get(canaries.group(2));
                var secret = new Secret(canaries.group(1), owner == null ? Set.of() : Set.of(owner), false);
                check(canaries.group(), secret, asker, betrayed);
            }
        }
        return betrayed;
    }

    private void check(String text, @Nullable Secret secret, Asker asker, List<String> betrayed) {
        if (secret != null) {
            told.add(text);
            if (secret.isTo(asker)) {
                betrayed.add(text);
            }
        }
    }

    /** How many of the secrets were told to somebody who may know them. */
    Set<String> told() {
        return told;
    }
}
