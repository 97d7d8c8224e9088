package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.LargeData;
import dev.selvage.support.Prepared;
import dev.selvage.support.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Planning a look-up takes longer than running it. */
class PlanReuseTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 11, 100})
    void aLookUpIsNotPlannedAnewForItsKeys(int keys) {
        var samples = new SqlSamples(LargeData.on18());
        var statement = Objects.requireNonNull(
                        Repositories.statements().get("InventoryItemRepository.FIND_ALL_BY_BARCODE"))
                .withAll(Collections.nCopies(keys, "2000000000015"), String[]::new);

        var reused = samples.as(samples.viewer("anonymous"), connection -> {
            try (var prepared = Prepared.of(connection, statement.text(), statement.values())) {
                prepared.plans();
                return TestDatabase.query(
                        connection,
                        "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE name = 'asked'",
                        row -> row.getBoolean(1));
            }
        });

        assertThat(reused).isEqualTo(List.of(true));
    }
}
