package dev.selvage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Statement;
import dev.selvage.kernel.Table;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL stands where {@link SqlTest} finds it: in constants of the repositories. */
class SqlPlacesTest {
    /** These ask what lists and tables say, and those are constants of repositories. */
    private static final Set<String> WITHIN_THE_KERNEL = Set.of(
            "dev.selvage.kernel.Batch",
            "dev.selvage.kernel.Pages",
            "dev.selvage.kernel.Table",
            "dev.selvage.kernel.Transitions");

    @ParameterizedTest
    @ValueSource(classes = {Sql.class, Listing.class, Table.class})
    void everyStatementIsAConstantOfARepository(Class<?> type) {
        assertThat(makers(type)).isNotEmpty().allSatisfy(call -> {
            assertThat(call.getOrigin()).isInstanceOf(JavaStaticInitializer.class);
            assertThat(Repositories.all()).contains(call.getOriginOwner());
        });
        // As many as there are fields: none is kept in a collection or inside another class.
        assertThat(makers(type))
                .hasSize(Repositories.all().stream()
                        .mapToInt(repository ->
                                Repositories.constants(repository, type).size())
                        .sum());
    }

    @Test
    void noStatementTextIsMadeAnywhereElse() {
        assertThat(origins(Statement.class, "<init>"))
                .containsOnly(Sql.class.getName(), Sql.class.getPackageName() + ".StatementText");
        assertThat(origins(Sql.class, "<init>")).containsOnly(Sql.class.getName());
    }

    @Test
    void onlyRepositoriesAskTheDatabaseByThemselvesOrThroughTheKernel() {
        var allowed = Repositories.all().stream().map(JavaClass::getName).toList();

        assertThat(origins(Database.class, "query"))
                .allMatch(name -> allowed.contains(name) || WITHIN_THE_KERNEL.contains(name));
    }

    @Test
    void onlyATransactionSendsStatements() {
        assertThat(origins("dev.selvage.kernel.Session", "exchange")).containsOnly("dev.selvage.kernel.Transaction");
        noClasses()
                // It listens, and asks for no row.
                .that()
                .doNotHaveFullyQualifiedName("dev.selvage.kernel.Notifications")
                .should()
                .callMethodWhere(
                        new DescribedPredicate<JavaCall<?>>("the target is R2DBC's createStatement or a client") {
                            @Override
                            public boolean test(JavaCall<?> call) {
                                return call.getName().equals("createStatement")
                                        && call.getTargetOwner()
                                                .getPackageName()
                                                .startsWith("io.r2dbc");
                            }
                        })
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.r2dbc..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.data..")
                .check(Repositories.PRODUCT);
    }

    /** What makes one by a factory of its own, or of a table's. */
    private static List<? extends JavaAccess<?>> makers(Class<?> type) {
        return Repositories.PRODUCT.stream()
                .flatMap(from -> from.getCodeUnitAccessesFromSelf().stream())
                .filter(call -> isCall(call, type, "of")
                        || (type == Sql.class
                                && List.of("update", "updateAll", "lock", "delete").stream()
                                        .anyMatch(name -> isCall(call, Table.class, name))))
                .filter(call -> !Set.of(Table.class.getName(), Table.class.getPackageName() + ".Batch")
                        .contains(call.getOriginOwner().getName()))
                .toList();
    }

    private static boolean isCall(JavaAccess<?> call, Class<?> type, String method) {
        return call.getTargetOwner().isEquivalentTo(type) && call.getName().equals(method);
    }

    /** Names of the classes that call it. */
    private static List<String> origins(Class<?> type, String member) {
        return origins(type.getName(), member);
    }

    private static List<String> origins(String type, String member) {
        return Repositories.PRODUCT.stream()
                .flatMap(from -> from.getCodeUnitAccessesFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().equals(type) && Objects.equals(call.getName(), member))
                .map(call -> call.getOriginOwner().getName())
                .distinct()
                .toList();
    }
}
