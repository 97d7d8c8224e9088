package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise to callers is taken back only if that was declared, and not before its day. */
class PublishedSchemaTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String BEFORE = "type Query { colour(of: ID, in: ID): String size: Int }";
    private static final TypeDefinitionRegistry WITHOUT_COLOUR = parse("type Query { size: Int }");

    @TempDir
    private Path directory;

    private PublishedSchema published;

    @BeforeEach
    void publish() throws IOException {
        published = new PublishedSchema(directory.resolve("published.sdl"), directory.resolve("breaking-changes.txt"));
        Files.writeString(published.sdl(), BEFORE);
        declare("# Nothing so far.");
    }

    @Test
    void whatBreaksNothingIsPublished() throws IOException {
        published.replace(parse(BEFORE + " extend type Query { price: Int }"), TODAY);

        assertThat(published.sdl()).content().contains("price: Int");
    }

    @Test
    void anUndeclaredChangeIsNotPublished() {
        assertThatIllegalStateException()
                .isThrownBy(() -> published.replace(parse("type Query { colour(of: ID): String! }"), TODAY))
                .withMessageStartingWith("Nothing was published. The schema breaks callers of " + published.sdl())
                .withMessageContaining("    Query.colour(in:) is gone\n")
                .withMessageContaining("    Query.size is gone\n")
                .withMessageContaining(published.declarations().toString())
                .withMessageContaining("    YYYY-MM-DD Query.colour(in:): why\n")
                .withMessageContaining("mvn test -Dtest=SchemaTest -Dselvage.publish=true");
        assertThat(published.sdl()).hasContent(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23 Query.colour: nobody asks for it",
                "2025-01-31 Query.colour: nobody asks for it",
                "  2026-11-23 Query.colour: `colours: [String]` says more",
                "2026-11-24 Query.colour: too late\n\n# And then:\n2026-11-23 Query.colour: but here",
            })
    void aDeclaredChangeIsPublishedFromItsDayOn(String declaration) throws IOException {
        declare(declaration);

        published.replace(WITHOUT_COLOUR, TODAY);

        assertThat(published.sdl()).content().doesNotContain("colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-24 Query.colour: tomorrow",
                "2027-11-23 Query.colour: in a year",
                "2026-11-23 Query.size: something else",
                "2026-11-23 Query: a type's line is not one for its fields",
                "2026-11-23 Query.colour(of:): an argument's line is not one for its field",
                "2026-11-23 Query.colours: alike",
                "2026-11-23 query.Colour: alike",
                "# 2026-11-23 Query.colour: only a remark",
            })
    void anythingElseDoesNotAllowIt(String declaration) throws IOException {
        declare(declaration);

        assertThat(published.refused(WITHOUT_COLOUR, TODAY))
                .extracting(refused -> refused.change().coordinate())
                .containsExactly("Query.colour");
        assertThatIllegalStateException().isThrownBy(() -> published.replace(WITHOUT_COLOUR, TODAY));
        assertThat(published.sdl()).hasContent(BEFORE);
    }

    @Test
    void aRefusalSaysWhichDayItIsWaitingFor() throws IOException {
        declare("2027-02-01 Query.colour: why");

        assertThatIllegalStateException()
                .isThrownBy(() -> published.replace(WITHOUT_COLOUR, TODAY))
                .withMessageContaining("    Query.colour is gone, which may not be before 2027-02-01\n");
    }

    @Test
    void eachChangeNeedsALineOfItsOwn() throws IOException {
        declare("2026-11-23 Query.colour(of:): why");

        assertThat(published.refused(parse("type Query { colour: String size: Int }"), TODAY))
                .extracting(refused -> refused.change().coordinate())
                .containsExactly("Query.colour(in:)");
    }

    @Test
    void aLineThatNothingMatchesIsHistory() throws IOException {
        declare("2020-01-01 Query.weight: was never missed\n2030-01-01 Query.colour: later");

        assertThatCode(() -> published.replace(parse(BEFORE), TODAY)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23.11.2026 Query.colour: why",
                "2026-11-31 Query.colour: why",
                "Query.colour: why",
                "2026-11-23 Query.colour",
                "2026-11-23 Query.colour:",
                "2026-11-23 Query.colour:   ",
                "2026-11-23",
            })
    void aLineThatIsNotUnderstoodIsNotPassedOver(String line) throws IOException {
        declare("# A remark.\n" + line);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> published.refused(parse(BEFORE), TODAY))
                .withMessageContaining("`" + line.strip() + "`")
                .withMessageContaining("2026-12-01 InventoryItem.colour: why");
    }

    private void declare(String lines) throws IOException {
        Files.writeString(published.declarations(), lines);
    }

    private static TypeDefinitionRegistry parse(String schema) {
        return new SchemaParser().parse(schema);
    }
}
