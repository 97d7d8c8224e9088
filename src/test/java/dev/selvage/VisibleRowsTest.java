package dev.selvage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.RowSecurityWorld.Registration;
import dev.selvage.TableAccess.Right;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much each viewer reads, at a glance; which rows, whatever there are, {@link RowSecurityPropertyTest} says. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class VisibleRowsTest {
    private final RowSecurityWorld world;

    VisibleRowsTest(PostgresVersion version) {
        world = RowSecurityWorld.on(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # viewer                   | users | consi | event | regis | items | fabri | order | calen | analytics | apps
            ANONYMOUS                  | none  | none  | some  | none  | some  | all   | none  | none  | none      | none
            ANONYMOUS_WITH_SCOPES      | none  | none  | some  | none  | some  | all   | none  | none  | none      | none
            CUSTOMER                   | some  | none  | some  | none  | some  | all   | some  | none  | none      | none
            CONSIGNOR                  | some  | some  | some  | some  | some  | all   | some  | some  | none      | none
            ANOTHER_CONSIGNOR          | some  | some  | some  | some  | some  | all   | some  | some  | none      | none
            CONSIGNOR_WITH_SCOPES      | some  | some  | some  | some  | some  | all   | some  | some  | none      | none
            INTEGRATOR                 | none  | none  | some  | none  | some  | all   | none  | none  | none      | none
            INTEGRATOR_OF_OTHER_THINGS | none  | none  | some  | none  | some  | all   | none  | none  | none      | none
            INTEGRATOR_OF_INVENTORY    | none  | none  | all   | none  | all   | all   | none  | none  | none      | none
            INTEGRATOR_OF_CONSIGNORS   | none  | all   | all   | all   | some  | all   | none  | none  | none      | none
            INTEGRATOR_OF_ORDERS       | none  | none  | some  | none  | some  | all   | all   | none  | none      | none
            INTEGRATOR_OF_THE_CALENDAR | none  | none  | some  | none  | some  | all   | none  | all   | none      | none
            INTEGRATOR_OF_ANALYTICS    | none  | none  | some  | none  | some  | all   | none  | none  | all       | none
            INTEGRATOR_OF_EVERYTHING   | none  | all   | all   | all   | all   | all   | all   | all   | all       | none
            ADMIN                      | all   | all   | all   | all   | all   | all   | all   | all   | all       | all
            """)
    void howMuchEachViewerSees(RowSecurityViewer viewer, ArgumentsAccessor cells) {
        var expected = cells.toList().stream().skip(1).toList();

        assertThat(TableAccess.TABLES.stream()
                        // The others are tried by whom they are granted to.
                        .filter(table -> TableAccess.RIGHTS.contains(new Right("SELECT", table, "anonymous")))
                        .map(table -> share(viewer, table))
                        .toList())
                .isEqualTo(expected);
    }

    private String share(RowSecurityViewer viewer, String table) {
        var seen = read(viewer, "SELECT id FROM " + table).size();
        var all = read(RowSecurityViewer.ADMIN, "SELECT id FROM " + table).size();
        return seen == 0 ? "none" : seen == all ? "all" : "some";
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void aPlaceOnAWaitingListIsKnownToThoseWhoSeeTheRegistration(RowSecurityViewer viewer) {
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

    private Set<String> read(RowSecurityViewer viewer, String sql) {
        return Set.copyOf(
                viewer.in(world.database, connection -> TestDatabase.query(connection, sql, row -> row.getString(1))));
    }
}
