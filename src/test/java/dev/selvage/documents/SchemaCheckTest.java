package dev.selvage.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.execution.SchemaFiles;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.schema.SchemaTransformer;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** What a change of the schema would do to documents that callers have, told before it is deployed. */
class SchemaCheckTest {
    private static final TestDatabase database = TestPostgres.embedded18().database("schema_check");
    private static final GraphQLSchema SCHEMA = SchemaFiles.read(SchemaWiring.runtimeWiring());

    private static final String ROLES = "query Roles {\n  viewer { roles }\n}";
    private static final String SCOPES = "{ viewer { scopes } }";

    private static Gateway gateway;
    private static String app;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() {
        gateway = Gateway.start(database);
        var apps = new Apps(gateway);
        app = apps.app("OPEN");
        apps.publish(app, "1.0", ROLES, "query Retired { viewer { roles } }");
        apps.retire(app, "1.0");
        apps.publish(app, "1.1", ROLES, SCOPES);
        apps.publish(app, "1.2", ROLES);
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    /** The schema without a field. */
    private static GraphQLSchema without(String field) {
        return SchemaTransformer.transformSchema(SCHEMA, new GraphQLTypeVisitorStub() {
            @Override
            public TraversalControl visitGraphQLFieldDefinition(
                    GraphQLFieldDefinition node, TraverserContext<GraphQLSchemaElement> context) {
                return node.getName().equals(field) ? deleteNode(context) : TraversalControl.CONTINUE;
            }
        });
    }

    private int check(GraphQLSchema schema, String... arguments) {
        return checkAt(database.r2dbcUrl(), schema, arguments);
    }

    private int checkAt(String url, GraphQLSchema schema, String... arguments) {
        var settings =
                new MockEnvironment().withProperty("spring.r2dbc.url", url).withProperty("spring.r2dbc.password", "");
        told.reset();
        return new CheckDocuments(schema, settings, new PrintStream(told, true, UTF_8)).run(List.of(arguments));
    }

    private String manifest(Map<String, String> documents) throws IOException {
        var file = directory.resolve("manifest.json");
        Files.writeString(file, JsonMapper.shared().writeValueAsString(documents));
        return file.toString();
    }

    @Test
    void theSchemaAsItIsBreaksNothing() {
        assertThat(check(SCHEMA, "--database")).as(told.toString(UTF_8)).isZero();
        assertThat(told.toString(UTF_8)).startsWith("0 of ");
    }

    @Test
    void theShippedDocumentsAreValid() {
        var shipped = OwnDocuments.all().stream()
                .map(document -> new SchemaCheck.Used("selvage-gateway", List.of(), null, document.text()))
                .toList();

        assertThat(shipped).hasSizeGreaterThan(5);
        assertThat(new SchemaCheck(SCHEMA).broken(shipped)).isEmpty();
    }

    @Test
    void aFieldThatIsGoneNamesWhoUsesItAndWhere() {
        assertThat(check(without("roles"), "--database")).isEqualTo(1);

        assertThat(told.toString(UTF_8))
                .contains(app + " 1.1, 1.2: Roles")
                .contains("line 2, column 12: ")
                .contains("roles")
                .doesNotContain("Retired", "scopes")
                // The gateway itself has one of them as well.
                .contains("selvage-gateway ", ": MyRegistrations", "2 of ");
    }

    @Test
    void aDocumentWithoutANameIsToldOfToo() {
        assertThat(check(without("scopes"), "--database")).isEqualTo(1);

        assertThat(told.toString(UTF_8)).contains(app + " 1.1: an operation without a name");
    }

    @Test
    void manifestsAreCheckedWithoutADatabase() throws IOException {
        var manifest = manifest(Map.of("a", ROLES, "b", SCOPES));

        assertThat(check(SCHEMA, manifest)).isZero();
        assertThat(check(without("roles"), manifest)).isEqualTo(1);
        assertThat(told.toString(UTF_8)).contains(manifest + ": a").contains("1 of 2 documents would break.");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThat(check(SCHEMA)).isEqualTo(2);
        assertThat(told.toString(UTF_8)).contains("Usage: check-documents");
        assertThat(check(SCHEMA, "--help")).isEqualTo(2);
        assertThat(told.toString(UTF_8)).contains("Usage: check-documents");
        assertThat(check(SCHEMA, directory.resolve("nothing").toString())).isEqualTo(2);
        assertThat(told.toString(UTF_8)).endsWith(": There is no such file." + System.lineSeparator());
        assertThat(check(SCHEMA, directory.toString())).isEqualTo(2);
        assertThat(told.toString(UTF_8)).endsWith(": This is no file that can be read." + System.lineSeparator());
        assertThat(new CheckDocuments(
                                SCHEMA,
                                new MockEnvironment().withProperty("spring.r2dbc.url", database.r2dbcUrl()),
                                new PrintStream(told, true, UTF_8))
                        .run(List.of("--database")))
                .isEqualTo(2);
        assertThat(told.toString(UTF_8)).contains("SPRING_R2DBC_PASSWORD");
        assertThat(checkAt("r2dbc:postgresql://localhost:1/nowhere", SCHEMA, "--database"))
                .isEqualTo(2);
        assertThat(told.toString(UTF_8)).contains("The database is not reached");
    }
}
