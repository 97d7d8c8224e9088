package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests: from the JSON of a body, or from an address. */
final class RequestReader {
    /** Of values in variables; deeper than any input of the schema. */
    private static final int MAX_NESTING = 100;

    /** Parameters in an address; there are few that mean anything. */
    private static final int MAX_PARAMETERS = 32;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    // Read on the server's few threads: no two of them have to agree about who takes which buffer.
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A binary float would be another number than was sent.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ObjectReader OBJECT = JSON.readerFor(new TypeReference<Map<String, Object>>() {});
    private static final ObjectReader OBJECT_WITHIN = OBJECT.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RequestReader() {}

    /** @throws Refusal BAD_REQUEST unless it is the JSON of one request, in UTF-8 */
    static GraphQlRequest read(byte[] json) {
        if (json.length == 0) {
            throw new Refusal(Code.BAD_REQUEST, "The body is empty. Send `{\"query\": \"…\", \"variables\": {…}}`.");
        }
        try {
            if (isUtf8(json)) {
                return request(json).checked();
            }
        } catch (JacksonException malformed) {
            // Told below.
        }
        throw new Refusal(
                Code.BAD_REQUEST,
                isArray(json)
                        ? "The body is an array: send one request at a time."
                        : "The body is not the JSON of one GraphQL request, each name in it once. Send"
                                + " `{\"query\": \"…\", \"variables\": {…}}`.");
    }

    /** Member by member: to have it made of its members by reflection takes longer than to read it. */
    private static GraphQlRequest request(byte[] bytes) {
        String query = null;
        String documentId = null;
        String docId = null;
        String id = null;
        String operationName = null;
        Map<String, Object> variables = null;
        Map<String, Object> extensions = null;
        try (var json = JSON.createParser(bytes)) {
            require(JsonToken.START_OBJECT, json.nextToken(), json);
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                var first = json.nextToken();
                switch (name) {
                    case "query" -> query = text(first, json);
                    case "documentId" -> documentId = text(first, json);
                    case "doc_id" -> docId = text(first, json);
                    case "id" -> id = text(first, json);
                    case "operationName" -> operationName = text(first, json);
                    case "variables" -> variables = object(first, json);
                    case "extensions" -> extensions = object(first, json);
                    default -> json.skipChildren();
                }
            }
            require(null, json.nextToken(), json);
        }
        return new GraphQlRequest(query, documentId, docId, id, operationName, variables, extensions);
    }

    private static @Nullable String text(JsonToken first, JsonParser json) {
        if (first == JsonToken.VALUE_NULL) {
            return null;
        }
        require(JsonToken.VALUE_STRING, first, json);
        return json.getString();
    }

    private static @Nullable Map<String, Object> object(JsonToken first, JsonParser json) {
        if (first == JsonToken.VALUE_NULL) {
            return null;
        }
        require(JsonToken.START_OBJECT, first, json);
        return OBJECT_WITHIN.readValue(json);
    }

    /** @param wanted null for the end */
    private static void require(@Nullable JsonToken wanted, @Nullable JsonToken found, JsonParser json) {
        if (found != wanted) {
            throw new StreamReadException(json, "Not what stands there in a request");
        }
    }

    /**
     * The parser would take other encodings too, where it sees that a text is in one of them, and takes letters that are
     * written in more bytes than they have.
     */
    static boolean isUtf8(byte[] json) {
        boolean isAscii = true;
        for (byte one : json) {
            if (one == 0) {
                return false;
            }
            isAscii &= one > 0;
        }
        if (isAscii) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean isArray(byte[] json) {
        return new String(json, 0, Math.min(json.length, 64), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("[");
    }

    /**
     * What a GET asks for.
     *
     * @param uri with its query, as it was sent
     * @throws Refusal BAD_REQUEST if the address cannot be read
     */
    static GraphQlRequest read(String uri) {
        var parameters = parameters(uri);
        return new GraphQlRequest(
                        only("query", parameters),
                        only("documentId", parameters),
                        only("doc_id", parameters),
                        only("id", parameters),
                        only("operationName", parameters),
                        object("variables", parameters),
                        object("extensions", parameters))
                .checked();
    }

    /**
     * The parameters in an address.
     *
     * @throws Refusal BAD_REQUEST if it cannot be read
     */
    static Map<String, List<String>> parameters(String uri) {
        try {
            return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true).parameters();
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(
                    Code.BAD_REQUEST,
                    "The address is not encoded as addresses are. Encode its values with percent signs, as UTF-8.");
        }
    }

    /** @throws Refusal BAD_REQUEST unless it is there, and once */
    static String required(String name, Map<String, List<String>> parameters) {
        var value = only(name, parameters);
        if (value == null) {
            throw new Refusal(Code.BAD_REQUEST, "Say `" + name + "` in the address.");
        }
        return value;
    }

    private static @Nullable String only(String name, Map<String, List<String>> parameters) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Refusal(Code.BAD_REQUEST, "`" + name + "` stands in the address more than once.");
        }
        // An empty one is how some clients leave a parameter out.
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private static @Nullable Map<String, Object> object(String name, Map<String, List<String>> parameters) {
        var json = only(name, parameters);
        if (json == null) {
            return null;
        }
        try {
            return OBJECT.readValue(json);
        } catch (JacksonException malformed) {
            throw new Refusal(Code.BAD_REQUEST, "`" + name + "` is not a JSON object, each name in it once.");
        }
    }
}
