package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.selvage.support.Gateway;
import dev.selvage.support.Schema;
import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema is what was published, and what is served. */
class SchemaTest {
    private static final Path PUBLISHED = Path.of("graphql/published.sdl");
    private static final Gateway gateway = Gateway.running();

    @Test
    void aChangeOfTheSchemaIsSeenBeforeItIsPublished() throws IOException {
        var printed = Schema.print(Schema.ofFiles());
        if (Boolean.getBoolean("selvage.publish")) {
            Files.writeString(PUBLISHED, printed);
        }
        assertThat(PUBLISHED)
                .as(
                        "The schema files say something else than %s, which callers rely on. If that is meant, write it anew by "
                                + "`mvn test -Dtest=SchemaTest -Dselvage.publish=true` and let its difference be reviewed",
                        PUBLISHED)
                .hasContent(printed);
    }

    @Test
    void whatIntrospectionTellsIsWhatWasPublished() throws IOException {
        assumeFalse(Boolean.getBoolean("selvage.publish"));
        var published = new SchemaParser().parse(Files.readString(PUBLISHED));

        assertThat(Schema.printTold(Schema.introspected(gateway.anonymous()))).isEqualTo(Schema.printTold(published));
    }

    static List<Path> savedOperations() throws IOException {
        try (var files = Files.list(Path.of("graphql/documents"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("savedOperations")
    void aSavedOperationIsValidAndNamedAsItsFile(Path file) throws IOException {
        var text = Files.readString(file);
        var operations = new Parser().parseDocument(text).getDefinitionsOfType(OperationDefinition.class);
        var errors = ParseAndValidate.parseAndValidate(
                        Schema.running(gateway),
                        ExecutionInput.newExecutionInput(text).build())
                .getErrors();

        assertThat(errors).isEmpty();
        assertThat(operations)
                .singleElement()
                .satisfies(operation -> assertThat(file).hasFileName(operation.getName() + ".graphql"));
    }
}
