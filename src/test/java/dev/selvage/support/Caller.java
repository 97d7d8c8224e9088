package dev.selvage.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who sends operations to the gateway's front door. */
public final class Caller {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Gateway gateway;
    private final String token;
    private final String[] headers;

    /** @param headers names and values in turn */
    Caller(Gateway gateway, String token, String... headers) {
        this.gateway = gateway;
        this.token = token;
        this.headers = headers;
    }

    /** The same one, sending a header besides. */
    public Caller with(String header, String value) {
        return new Caller(
                gateway,
                token,
                Stream.concat(Arrays.stream(headers), Stream.of(header, value)).toArray(String[]::new));
    }

    public Answer query(String query) {
        return query(query, Map.of());
    }

    public Answer query(String query, Map<String, ?> variables) {
        return send(JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
    }

    /** @param request JSON as it is */
    public Answer send(String request) {
        var before = gateway.statements();
        var post = HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql"))
                .header("content-type", "application/json")
                .header("accept", "application/graphql-response+json")
                .POST(HttpRequest.BodyPublishers.ofString(request));
        if (!token.isEmpty()) {
            post.header("authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            post.headers(headers);
        }
        var response = gateway.send(post);
        var body = JSON.readTree(response.body());
        return new Answer(
                response.statusCode(),
                response.headers(),
                body,
                Math.toIntExact(Math.round(gateway.statements() - before)));
    }

    /** A published operation: {@code graphql/documents/<name>.graphql}. */
    public Answer document(String name, Map<String, ?> variables) {
        return query(TestPostgres.resource("graphql/documents/" + name + ".graphql"), variables);
    }

    public String token() {
        return token;
    }
}
