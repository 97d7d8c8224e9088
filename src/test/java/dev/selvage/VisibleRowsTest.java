package dev.selvage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.RowSecurityWorld.Event;
import dev.selvage.RowSecurityWorld.Item;
import dev.selvage.RowSecurityWorld.Person;
import dev.selvage.RowSecurityWorld.Registration;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rows each viewer reads: what the policies show is compared with the domain's rules, said again in Java. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class VisibleRowsTest {
    /** Who looks. */
    enum Viewer {
        ANONYMOUS("anonymous", null),
        ANONYMOUS_WITH_SCOPES("anonymous", null, "read:inventory", "read:consignors"),
        CUSTOMER("user", Person.CUSTOMER),
        CONSIGNOR("user", Person.CLARA),
        ANOTHER_CONSIGNOR("user", Person.DORA),
        CONSIGNOR_WITH_SCOPES("user", Person.CLARA, "read:inventory", "read:consignors"),
        INTEGRATOR("integrator", null),
        INTEGRATOR_OF_OTHER_THINGS("integrator", null, "read:orders", "read:inventor", "write:inventory", "consignors"),
        INTEGRATOR_OF_INVENTORY("integrator", null, "read:inventory"),
        INTEGRATOR_OF_CONSIGNORS("integrator", null, "read:consignors"),
        INTEGRATOR_OF_BOTH("integrator", null, "read:orders", "read:inventory", "read:consignors"),
        ADMIN("admin", Person.ADMINISTRATOR);

        private final String role;
        private final @Nullable Person person;
        private final String scopes;

        Viewer(String role, @Nullable Person person, String... scopes) {
            this.role = role;
            this.person = person;
            this.scopes = String.join(" ", scopes);
        }

        <T> T in(TestDatabase database, TestDatabase.Work<T> work) {
            return database.asViewer(role, person == null ? "" : person.user().toString(), scopes, work);
        }

        private boolean reads(String scope) {
            return role.equals("admin")
                    || (role.equals("integrator") && List.of(scopes.split(" ")).contains(scope));
        }

        boolean sees(Person user) {
            return role.equals("admin") || user == person;
        }

        boolean seesConsignor(Person consignor) {
            return reads("read:consignors") || consignor == person;
        }

        boolean sees(Registration registration) {
            return seesConsignor(registration.owner());
        }

        boolean sees(Item item) {
            return (Set.of("approved", "sold").contains(item.status()) && isListed(item.event()))
                    || reads("read:inventory")
                    || item.owner() == person;
        }

        boolean sees(Event event, RowSecurityWorld world) {
            return isListed(event)
                    || reads("read:inventory")
                    || reads("read:consignors")
                    || world.registrations.stream().anyMatch(of -> of.event().equals(event) && of.owner() == person)
                    || world.items.stream().anyMatch(of -> of.event().equals(event) && of.owner() == person);
        }

        private static boolean isListed(Event event) {
            return Set.of("published", "completed").contains(event.status());
        }
    }

    private final RowSecurityWorld world;

    VisibleRowsTest(PostgresVersion version) {
        world = RowSecurityWorld.on(version);
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void usersSeeThemselvesAndAdministratorsEverybody(Viewer viewer) {
        var expected = Stream.of(Person.values())
                .filter(viewer::sees)
                .map(of -> of.user().toString());

        assertThat(read(viewer, "SELECT id FROM users")).isEqualTo(expected.collect(toSet()));
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void consignorsSeeThemselves(Viewer viewer) {
        assertThat(read(viewer, "SELECT id FROM consignors"))
                .isEqualTo(ids(
                        Person.CONSIGNORS.stream().filter(viewer::seesConsignor).map(Person::consignor)));
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void everybodySeesListedEventsAndConsignorsAlsoTheirs(Viewer viewer) {
        assertThat(read(viewer, "SELECT id FROM events"))
                .isEqualTo(ids(world.events.stream()
                        .filter(of -> viewer.sees(of, world))
                        .map(Event::id)));
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void consignorsSeeTheirRegistrations(Viewer viewer) {
        assertThat(read(viewer, "SELECT id FROM event_registrations"))
                .isEqualTo(ids(world.registrations.stream().filter(viewer::sees).map(Registration::id)));
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void everybodySeesListedItemsAndConsignorsAlsoTheirs(Viewer viewer) {
        assertThat(read(viewer, "SELECT id FROM inventory_items"))
                .isEqualTo(ids(world.items.stream().filter(viewer::sees).map(Item::id)));
    }

    /** Holds the rules above to account: each shows something, and each but an administrator's keeps something back. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # viewer                   | users | consignors | events | event_registrations | inventory_items
            ANONYMOUS                  | none  | none       | some   | none                | some
            ANONYMOUS_WITH_SCOPES      | none  | none       | some   | none                | some
            CUSTOMER                   | some  | none       | some   | none                | some
            CONSIGNOR                  | some  | some       | some   | some                | some
            ANOTHER_CONSIGNOR          | some  | some       | some   | some                | some
            CONSIGNOR_WITH_SCOPES      | some  | some       | some   | some                | some
            INTEGRATOR                 | none  | none       | some   | none                | some
            INTEGRATOR_OF_OTHER_THINGS | none  | none       | some   | none                | some
            INTEGRATOR_OF_INVENTORY    | none  | none       | all    | none                | all
            INTEGRATOR_OF_CONSIGNORS   | none  | all        | all    | all                 | some
            INTEGRATOR_OF_BOTH         | none  | all        | all    | all                 | all
            ADMIN                      | all   | all        | all    | all                 | all
            """)
    void howMuchEachViewerSees(
            Viewer viewer, String users, String consignors, String events, String registrations, String items) {
        var tables = List.of("users", "consignors", "events", "event_registrations", "inventory_items");

        assertThat(tables.stream().map(table -> share(viewer, table)).toList())
                .containsExactly(users, consignors, events, registrations, items);
    }

    private String share(Viewer viewer, String table) {
        var seen = read(viewer, "SELECT id FROM " + table).size();
        var all = read(Viewer.ADMIN, "SELECT id FROM " + table).size();
        return seen == 0 ? "none" : seen == all ? "all" : "some";
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void aSearchFindsThoseOfTheVisibleRowsThatMatch(Viewer viewer) {
        var tables = Map.of(
                "events_matching",
                "events",
                "consignors_matching",
                "consignors",
                "inventory_items_matching",
                "inventory_items");
        tables.forEach((function, table) -> {
            for (var word : List.of("linen", "wool", "clara", "fair -linen", "neverwritten")) {
                var seen = read(
                        viewer,
                        "SELECT id FROM %s WHERE search @@ websearch_to_tsquery('%s', '%s')"
                                .formatted(table, table.equals("consignors") ? "simple" : "english", word));

                assertThat(read(viewer, "SELECT * FROM %s('%s')".formatted(function, word)))
                        .as("%s('%s')", function, word)
                        .isEqualTo(seen);
            }
        });
    }

    /** The searches above are compared with tables; this is that something is found at all. */
    @ParameterizedTest
    @CsvSource({
        "events_matching, linen, ANONYMOUS",
        "inventory_items_matching, wool, ANONYMOUS",
        "consignors_matching, clara, CONSIGNOR",
        "consignors_matching, linen, ADMIN"
    })
    void aSearchFindsSomething(String function, String word, Viewer viewer) {
        assertThat(read(viewer, "SELECT * FROM %s('%s')".formatted(function, word)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void aPlaceOnAWaitingListIsKnownToThoseWhoSeeTheRegistration(Viewer viewer) {
        var queues = world.registrations.stream()
                .filter(of -> of.status().equals("waitlisted"))
                .collect(groupingBy(Registration::event));
        var expected = queues.values().stream()
                .flatMap(queue -> IntStream.range(0, queue.size())
                        .filter(i -> viewer.sees(queue.get(i)))
                        .mapToObj(i -> Map.entry(queue.get(i).id(), i + 1)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));

        // Everybody asks for every registration, and for some that are not there.
        var asked = IntStream.range(-1, world.registrations.size() + 3).mapToObj(Long::valueOf);
        var found = viewer.in(
                world.database,
                connection -> TestDatabase.query(
                        connection,
                        "SELECT id, place FROM waitlist_positions(?)",
                        row -> Map.entry(row.getLong(1), row.getInt(2)),
                        (Object) asked.toArray(Long[]::new)));

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected.entrySet());
        assertThat(Arrays.asList(1, 2, 3)).as("places in a queue").containsAll(expected.values());
    }

    private Set<String> read(Viewer viewer, String sql) {
        return Set.copyOf(
                viewer.in(world.database, connection -> TestDatabase.query(connection, sql, row -> row.getString(1))));
    }

    private static Set<String> ids(Stream<Long> ids) {
        return ids.map(String::valueOf).collect(toSet());
    }
}
