package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.selvage.support.Gateway;
import dev.selvage.support.Schema;
import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema is what was published, and what is served. */
class SchemaTest {
    private static final boolean PUBLISH = Boolean.getBoolean("selvage.publish");
    private static final PublishedSchema published =
            new PublishedSchema(Path.of("graphql/published.sdl"), Path.of("graphql/breaking-changes.txt"));
    private static final Gateway gateway = Gateway.running();

    @Test
    void aChangeThatBreaksCallersIsDeclared() throws IOException {
        assumeFalse(PUBLISH, "Publishing refuses it by itself.");
        var refused = published.refused(Schema.ofFiles(), today());

        assertThat(refused).withFailMessage(() -> published.explain(refused)).isEmpty();
    }

    @Test
    void aChangeOfTheSchemaIsSeenBeforeItIsPublished() throws IOException {
        if (PUBLISH) {
            published.replace(Schema.ofFiles(), today());
        }
        assertThat(published.sdl()).as(published.difference()).hasContent(Schema.print(Schema.ofFiles()));
    }

    @Test
    void whatIntrospectionTellsIsWhatWasPublished() throws IOException {
        assumeFalse(PUBLISH, "It is published by another test.");

        assertThat(Schema.printTold(Schema.introspected(gateway.anonymous())))
                .isEqualTo(Schema.printTold(published.definitions()));
    }

    /** The one day that counts: whether a declaration's day has come. */
    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
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
