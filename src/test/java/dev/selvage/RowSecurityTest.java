package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each role may do on each table, by grant and by policy; {@link RowSecurityPropertyTest} is about which rows. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class RowSecurityTest {
    private final TestDatabase database;

    RowSecurityTest(PostgresVersion version) {
        database = version.migrated();
    }

    @ParameterizedTest
    @EnumSource(CatalogueCheck.class)
    void theCatalogueSaysWhatIsWritten(CatalogueCheck check) {
        assertThat(database.within("selvage_owner", check::disagreements)).isEmpty();
    }
}
