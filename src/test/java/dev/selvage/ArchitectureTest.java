package dev.selvage;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import dev.selvage.fabrics.Stock;
import dev.selvage.inventory.Sales;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Statement;
import dev.selvage.support.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Repository;

/** Who may know whom. */
class ArchitectureTest {
    private static final String ROOT = "dev.selvage";

    /** Each package and those it may import, along the foreign keys and never back. A new package gets a line here. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            entry(ROOT, List.of("dev.selvage.kernel", "dev.selvage.documents")),
            entry("dev.selvage.kernel", List.of()),
            entry("dev.selvage.execution", List.of("dev.selvage.kernel")),
            entry("dev.selvage.documents", List.of("dev.selvage.kernel", "dev.selvage.execution")),
            entry("dev.selvage.budgets", List.of("dev.selvage.kernel")),
            entry(
                    "dev.selvage.gateway",
                    List.of(
                            "dev.selvage.kernel",
                            "dev.selvage.execution",
                            "dev.selvage.documents",
                            "dev.selvage.budgets")),
            entry("dev.selvage.users", List.of("dev.selvage.kernel")),
            entry("dev.selvage.consignors", List.of("dev.selvage.kernel", "dev.selvage.users")),
            entry("dev.selvage.events", List.of("dev.selvage.kernel", "dev.selvage.users", "dev.selvage.consignors")),
            entry(
                    "dev.selvage.inventory",
                    List.of("dev.selvage.kernel", "dev.selvage.users", "dev.selvage.consignors", "dev.selvage.events")),
            entry("dev.selvage.fabrics", List.of("dev.selvage.kernel")),
            entry(
                    "dev.selvage.orders",
                    List.of("dev.selvage.kernel", "dev.selvage.users", "dev.selvage.fabrics", "dev.selvage.inventory")),
            entry("dev.selvage.calendar", List.of("dev.selvage.kernel", "dev.selvage.users")),
            entry("dev.selvage.analytics", List.of("dev.selvage.kernel")),
            entry(
                    "dev.selvage.search",
                    List.of(
                            "dev.selvage.kernel",
                            "dev.selvage.calendar",
                            "dev.selvage.consignors",
                            "dev.selvage.events",
                            "dev.selvage.fabrics",
                            "dev.selvage.inventory",
                            "dev.selvage.orders")),
            entry(
                    "dev.selvage.changes",
                    List.of(
                            "dev.selvage.kernel",
                            "dev.selvage.analytics",
                            "dev.selvage.calendar",
                            "dev.selvage.consignors",
                            "dev.selvage.documents",
                            "dev.selvage.events",
                            "dev.selvage.fabrics",
                            "dev.selvage.inventory",
                            "dev.selvage.orders",
                            "dev.selvage.users")),
            entry("dev.selvage.local", List.of("dev.selvage.kernel", ROOT)));

    private static final List<String> PACKAGES =
            MAY_IMPORT.keySet().stream().sorted().toList();
    private static final String[] NO_DOMAINS = {
        ROOT,
        "dev.selvage.kernel",
        "dev.selvage.execution",
        "dev.selvage.documents",
        "dev.selvage.budgets",
        "dev.selvage.gateway",
        "dev.selvage.local"
    };

    /** What other domains have a domain do with its own tables. */
    private static final Class<?>[] OPERATIONS = {Stock.class, Sales.class};

    private static final JavaClasses product = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses productAndTests = new ClassFileImporter().importPackages(ROOT);

    private static final DescribedPredicate<JavaClass> A_REPOSITORY = describe(
            "a repository or within one",
            type -> outermost(type).getSimpleName().endsWith("Repository"));

    @Test
    void everyPackageIsAModuleAndUsesOnlyWhatTheOthersShow() {
        ApplicationModules.of(Selvage.class).verify();
    }

    @ParameterizedTest
    @FieldSource("PACKAGES")
    void aPackageImportsOnlyThoseItStandsOn(String name) {
        var mayImport = MAY_IMPORT.getOrDefault(name, List.of()).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAPackage(name)))
                        .and(not(resideInAnyPackage(mayImport))))
                .check(product);
    }

    @Test
    void everyPackageHasItsLine() {
        assertThat(product.stream().map(JavaClass::getPackageName).distinct().sorted())
                .containsExactlyElementsOf(PACKAGES);
    }

    @Test
    void noPackagesImportEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(product);
    }

    @Test
    void repositoriesAreSeenByTheirOwnPackageOnly() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Repository")
                .or()
                .areAnnotatedWith(Repository.class)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Repository")
                .andShould()
                .beAnnotatedWith(Repository.class)
                .check(product);
    }

    @Test
    void onlyRepositoriesHoldSql() {
        var outsideTheKernel = not(resideInAPackage("dev.selvage.kernel")).and(not(A_REPOSITORY));
        noClasses()
                .that(outsideTheKernel)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Database.class, Sql.class, Statement.class, Filter.class)
                .check(product);
        // A domain's lines name a list; they neither make one nor change it.
        noClasses()
                .that(outsideTheKernel)
                .should()
                .callMethodWhere(describe(
                        "a listing is declared", call -> call.getTargetOwner().isEquivalentTo(Listing.class)))
                .check(product);
    }

    @Test
    void onlyTheKernelSpeaksToTheDatabaseDriver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.selvage.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..", "org.springframework.data..")
                .check(product);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.selvage.local")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
                .check(product);
    }

    @Test
    void aDomainShowsNothingButItsTypes() {
        var types = Schema.ofFiles().types().keySet();
        classes()
                .that()
                .resideOutsideOfPackages(NO_DOMAINS)
                .and()
                .arePublic()
                .and()
                .doNotBelongToAnyOf(OPERATIONS)
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .check(product);
        classes()
                .that()
                .resideOutsideOfPackages(NO_DOMAINS)
                .and()
                .arePublic()
                .and()
                .doNotBelongToAnyOf(OPERATIONS)
                .should(ArchCondition.from(
                        describe("be a type of the schema", (JavaClass type) -> types.contains(type.getSimpleName()))))
                .check(product);
    }

    @Test
    void whatIsNotMarkedAsNullableIsNeverNull() {
        var unmarked = productAndTests.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(java -> !java.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }

    @Test
    void onlyStartsWriteToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, "dev.selvage.local")
                .should(ACCESS_STANDARD_STREAMS)
                .check(product);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(product);
    }

    @Test
    void whatAClassNeedsStandsInItsConstructor() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(product);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
