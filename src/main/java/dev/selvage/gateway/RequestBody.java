package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a POST asks for. Members that it does not know are left alone, as the GraphQL-over-HTTP draft wants it. */
record RequestBody(
        @Nullable String query,
        @Nullable String operationName,
        @Nullable Map<String, Object> variables) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A binary float would be another number than was sent.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws Refusal BAD_REQUEST unless it is the JSON of a request */
    static RequestBody read(byte[] json) {
        if (json.length == 0) {
            throw new Refusal(Code.BAD_REQUEST, "The body is empty.");
        }
        try {
            var body = JSON.readValue(json, RequestBody.class);
            if (body != null && body.query != null && !body.query.isBlank()) {
                return body;
            }
        } catch (JacksonException malformed) {
            throw new Refusal(
                    Code.BAD_REQUEST,
                    "The body is not the JSON of one GraphQL request. Send `{\"query\": \"…\", \"variables\": {…}}`.");
        }
        throw new Refusal(Code.BAD_REQUEST, "The body has no `query`. Send the document's text in it.");
    }

    String document() {
        return Objects.requireNonNull(query);
    }

    Map<String, Object> values() {
        return variables == null ? Map.of() : variables;
    }
}
