package dev.selvage.gateway;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where tokens come from.
 *
 * @param uri as tokens name it
 * @param keysUri where its keys are; null if its metadata say that
 */
record Issuer(String uri, @Nullable String keysUri, WebClient http) {
    private static final Logger log = LoggerFactory.getLogger(Issuer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 256 * 1024;
    private static final ParameterizedTypeReference<Map<String, Object>> JSON_OBJECT =
            new ParameterizedTypeReference<>() {};

    /** @param resources the server's own connections and threads */
    static Issuer of(String uri, @Nullable String keysUri, ReactorResourceFactory resources) {
        var connector = new ReactorClientHttpConnector(
                resources, client -> client.responseTimeout(TIMEOUT).proxyWithSystemProperties());
        var http = WebClient.builder()
                .clientConnector(connector)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .build();
        return new Issuer(uri, keysUri, http);
    }

    /** Asks for the keys. */
    Mono<JWKSet> keys() {
        return (keysUri == null ? discovered() : Mono.just(keysUri))
                .flatMap(address -> get(address).bodyToMono(String.class).defaultIfEmpty(""))
                .map(Issuer::parsed)
                .timeout(TIMEOUT.multipliedBy(2));
    }

    /** By OpenID Connect Discovery 1.0 or else by RFC 8414, which puts its path before the issuer's. */
    private Mono<String> discovered() {
        var path = URI.create(uri).getRawPath();
        var bare = path.equals("/") ? "" : path;
        return Flux.just(
                        uri.replaceFirst("/$", "") + "/.well-known/openid-configuration",
                        URI.create(uri).resolve("/.well-known/oauth-authorization-server") + bare)
                .concatMap(address -> get(address)
                        .bodyToMono(JSON_OBJECT)
                        .mapNotNull(this::keysUri)
                        .onErrorResume(_ -> Mono.empty()))
                .next()
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(
                        "There are no metadata of the issuer " + uri + " that name it and its keys")));
    }

    private @Nullable String keysUri(Map<String, Object> metadata) {
        return uri.equals(metadata.get("issuer"))
                        && metadata.get("jwks_uri") instanceof String address
                        // Who is asked in secret does not send us on to a place where others answer.
                        && (address.startsWith("https:") || !uri.startsWith("https:"))
                ? address
                : null;
    }

    private WebClient.ResponseSpec get(String address) {
        return http.get()
                .uri(URI.create(address))
                .retrieve()
                // A redirection, too: what is trusted is this address.
                .onStatus(status -> !status.isSameCodeAs(HttpStatus.OK), ClientResponse::createException);
    }

    /** Those that are of use: RFC 7517 (section 5) has the others ignored, of types and curves that are not known here. */
    private static JWKSet parsed(String json) {
        var keys = new ArrayList<JWK>();
        try {
            for (var member : JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys")) {
                publicKey(member).ifPresent(keys::add);
            }
        } catch (ParseException e) {
            throw new IllegalStateException("These are not keys: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("There is no public key among the keys");
        }
        return new JWKSet(keys);
    }

    private static Optional<JWK> publicKey(Map<String, Object> member) {
        try {
            return Optional.ofNullable(JWK.parse(member).toPublicJWK());
        } catch (ParseException | RuntimeException odd) {
            log.debug("Not a key for us", odd);
            return Optional.empty();
        }
    }
}
