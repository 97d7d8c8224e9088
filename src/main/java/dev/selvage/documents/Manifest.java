package dev.selvage.documents;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of an app's version as build tools write them down, told by its shape:
 *
 * <ul>
 *   <li>Apollo's {@code apollo-persisted-query-manifest} version 1, of Apollo Client, Kotlin and iOS;
 *   <li>ids with their texts: GraphQL Code Generator, Relay, Hive;
 *   <li>ids with {@code {"name": …, "source": …}}: older ones of Apollo Kotlin and iOS.
 * </ul>
 */
public final class Manifest {
    /** Of documents in one manifest. */
    private static final int MOST = 5_000;

    private static final int MAX_NESTING = 10;

    private static final String APOLLO = "apollo-persisted-query-manifest";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Manifest() {}

    /**
     * The documents of a manifest, in its order and each with its id.
     *
     * @param json in UTF-8
     * @throws Refusal BAD_REQUEST if it has none of the shapes, LIMIT_EXCEEDED with more than 5,000 documents
     */
    public static List<Submission> read(byte[] json) {
        var manifest = parse(json);
        if (!manifest.isObject()) {
            throw malformed("It is no JSON object.");
        }
        var documents = isApollos(manifest) ? ofApollo(manifest) : ofIds(manifest);
        if (documents.size() > MOST) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "The manifest has " + documents.size() + " documents; it may have up to " + MOST + ".");
        }
        return documents;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            throw malformed("It is not JSON in which each name stands once"
                    + (at == null || at.getLineNr() < 1
                            ? "."
                            : ": see line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
        }
    }

    /** A document's id may be anything, that word too; then a text stands behind it. */
    private static boolean isApollos(JsonNode manifest) {
        return manifest.path("operations").isArray() || APOLLO.equals(text(manifest.path("format")));
    }

    private static List<Submission> ofApollo(JsonNode manifest) {
        if (!APOLLO.equals(text(manifest.path("format")))
                || manifest.path("version").asInt(0) != 1) {
            throw malformed("Its format is to be `" + APOLLO + "`, version 1.");
        }
        if (!manifest.path("operations").isArray()) {
            throw malformed("It has no list of `operations`.");
        }
        var documents = new ArrayList<Submission>();
        for (var operation : manifest.path("operations")) {
            var id = text(operation.path("id"));
            var body = text(operation.path("body"));
            if (id == null || body == null) {
                throw malformed("Operation " + (documents.size() + 1) + " has no `id` or no `body` that is a text.");
            }
            documents.add(new Submission(id, body));
        }
        return documents;
    }

    private static List<Submission> ofIds(JsonNode manifest) {
        var documents = new ArrayList<Submission>(manifest.size());
        for (var entry : manifest.properties()) {
            var value = entry.getValue();
            var text = text(value.isObject() ? value.path("source") : value);
            if (text == null) {
                throw malformed("What stands behind the id " + shown(entry.getKey())
                        + " is neither a text nor an object with its text in `source`.");
            }
            documents.add(new Submission(entry.getKey(), text));
        }
        return documents;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static String shown(String id) {
        return "`" + (id.length() <= 100 ? id : id.substring(0, 100) + "…") + "`";
    }

    private static Refusal malformed(String why) {
        return new Refusal(
                Code.BAD_REQUEST,
                "This is no manifest. " + why + " Send `{\"<id>\": \"<text>\", …}`, or what Apollo's tools write.");
    }
}
