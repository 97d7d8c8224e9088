package dev.selvage.local;

import static org.springframework.web.reactive.function.server.ServerResponse.ok;

import dev.selvage.kernel.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * An issuer that gives everybody the token asked for. It stands at the address in {@code selvage.local.issuer}, which
 * is this server's own, and keeps its key in the directory {@code selvage.local.data}. The gateway knows it by its
 * address only, as it would any other issuer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("selvage.local.issuer")
class TokenIssuer {
    static final String KEYS_PATH = "/.well-known/jwks.json";
    private static final String TOKEN_PATH = "/dev/token";

    /** Web pages of other origins reach this server under a name of theirs that leads here, and must get no token. */
    private static final Set<String> OUR_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String address;
    private final SigningKey key;
    private final TokenRequests requests;

    TokenIssuer(
            @Value("${selvage.local.issuer}") String address, @Value("${selvage.local.data:.data}") Path directory) {
        this.address = address;
        key = SigningKey.keptIn(directory);
        requests = new TokenRequests(new Tokens(address, key, Clock.systemUTC()));
    }

    @Bean
    RouterFunction<ServerResponse> tokenRoutes() {
        return RouterFunctions.route()
                .GET("/.well-known/openid-configuration", _ -> ok().bodyValue(discovery()))
                .GET(KEYS_PATH, _ -> ok().bodyValue(key.publicSet()))
                .GET(TOKEN_PATH, this::named)
                .POST(TOKEN_PATH, this::clientCredentials)
                .filter(TokenIssuer::underOurName)
                .build();
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", address,
                "jwks_uri", address + KEYS_PATH,
                "token_endpoint", address + TOKEN_PATH,
                "grant_types_supported", List.of("client_credentials"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"),
                "scopes_supported",
                        Arrays.stream(Scope.values()).map(Scope::word).toList(),
                "response_types_supported", List.of(),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private Mono<ServerResponse> named(ServerRequest request) {
        return Mono.fromSupplier(() -> requests.named(new Parameters(request.queryParams())))
                .flatMap(token -> text(HttpStatus.OK, token))
                .onErrorResume(TokenRefused.class, refused -> text(HttpStatus.BAD_REQUEST, refused.sentence() + "\n"));
    }

    private Mono<ServerResponse> clientCredentials(ServerRequest request) {
        var authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        return request.formData()
                .onErrorMap(IllegalArgumentException.class, _ -> new TokenRefused("The body is not form-encoded."))
                .map(form -> requests.clientCredentials(authorization, new Parameters(form)))
                .flatMap(grant -> answer(HttpStatus.OK)
                        .bodyValue(Map.of(
                                "access_token", grant.token(),
                                "token_type", "Bearer",
                                "expires_in", Tokens.LIFETIME.toSeconds(),
                                "scope", grant.scope())))
                .onErrorResume(TokenRefused.class, TokenIssuer::refusal);
    }

    /** RFC 6749, section 5.2. */
    private static Mono<ServerResponse> refusal(TokenRefused refused) {
        var body = Map.of("error", refused.error(), "error_description", refused.sentence());
        return refused.error().equals("invalid_client")
                ? answer(HttpStatus.UNAUTHORIZED)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"selvage\"")
                        .bodyValue(body)
                : answer(HttpStatus.BAD_REQUEST).bodyValue(body);
    }

    private static Mono<ServerResponse> underOurName(ServerRequest request, HandlerFunction<ServerResponse> next) {
        var host = request.headers().host();
        return host != null && OUR_NAMES.contains(host.getHostString())
                ? next.handle(request)
                : text(HttpStatus.FORBIDDEN, "This issuer is for this machine: call it localhost.\n");
    }

    private static Mono<ServerResponse> text(HttpStatus status, String text) {
        return answer(status).contentType(MediaType.TEXT_PLAIN).bodyValue(text);
    }

    private static ServerResponse.BodyBuilder answer(HttpStatus status) {
        return ServerResponse.status(status).cacheControl(CacheControl.noStore());
    }
}
