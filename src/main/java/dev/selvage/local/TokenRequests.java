package dev.selvage.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways to ask for a token. */
record TokenRequests(Tokens tokens) {
    private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");
    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,100}");
    private static final Pattern EMAIL = Pattern.compile("(?=.{3,320}$)[^@\\s]+@[^@\\s]+");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final String INTEGRATOR = "integrator";

    /** A token, and the scopes it carries. */
    record Grant(String token, String scope) {}

    /** For people: {@code as} a persona or an integrator, or with any {@code sub}. */
    String named(Parameters asked) {
        var as = asked.find("as");
        var subject = asked.find("sub", SUBJECT, "1 to 255 visible ASCII characters");
        if (subject != null && as == null) {
            return ofSubject(subject, asked);
        }
        if (as != null && subject == null) {
            return as.equals(INTEGRATOR) ? ofIntegrator(asked) : ofPersona(as, asked);
        }
        throw new TokenRefused(
                "Ask with one of as=admin, as=consignor, as=customer, as=integrator, sub=(any subject).");
    }

    /**
     * For programs: the client-credentials grant of RFC 6749. Every secret is right.
     *
     * @param authorization the header, null if there is none
     */
    Grant clientCredentials(@Nullable String authorization, Parameters form) {
        var type = form.find("grant_type");
        if (type == null) {
            throw new TokenRefused("grant_type=client_credentials is missing.");
        }
        if (!type.equals("client_credentials")) {
            throw new TokenRefused("unsupported_grant_type", "The one grant_type is client_credentials.");
        }
        var client = authorization == null ? client(form) : basicClient(authorization);
        if (client == null) {
            throw new TokenRefused("client_id is missing.");
        }
        var scope = form.scope();
        return new Grant(tokens.ofIntegrator(client, scope), scope);
    }

    private String ofPersona(String as, Parameters asked) {
        asked.allow("as");
        for (var persona : Persona.values()) {
            if (persona.subject().equals(as)) {
                return tokens.of(persona);
            }
        }
        throw new TokenRefused("as is to be one of admin, consignor, customer, integrator.");
    }

    private String ofIntegrator(Parameters asked) {
        asked.allow("as", "client_id", "scope");
        return tokens.ofIntegrator(Objects.requireNonNullElse(client(asked), INTEGRATOR), asked.scope());
    }

    private String ofSubject(String subject, Parameters asked) {
        asked.allow("sub", "email", "email_verified", "name");
        var email = asked.find("email", EMAIL, "an address of at most 320 characters, such as somebody@example.com");
        var verified = asked.find("email_verified", TRUTH, "true or false");
        var name = asked.find("name", NAME, "1 to 200 characters without control characters");
        return tokens.ofUser(subject, email, !"false".equals(verified), name);
    }

    private static @Nullable String client(Parameters parameters) {
        return parameters.find("client_id", CLIENT, "1 to 100 visible ASCII characters");
    }

    /** RFC 6749, section 2.3.1: the name and the secret are form-encoded before they become HTTP Basic's. */
    private static String basicClient(String authorization) {
        try {
            var basic = authorization.regionMatches(true, 0, "Basic ", 0, 6)
                    ? authorization.substring(6).strip()
                    : "";
            var client = new String(Base64.getDecoder().decode(basic), UTF_8).split(":", -1);
            var id = URLDecoder.decode(client[0], UTF_8);
            if (client.length == 2 && CLIENT.matcher(id).matches()) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // Not base64, or not form-encoded: answered like any other.
        }
        throw new TokenRefused(
                "invalid_client", "The Authorization header is not a client id and secret by HTTP Basic.");
    }
}
