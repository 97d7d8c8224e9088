package dev.selvage.documents;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Apps and what they publish, through the front door. */
public final class Apps {
    private static final String SAVE = """
            mutation ($input: SaveClientAppInput!) { saveClientApp(input: $input) {
              clientApp { id version clientId name policy } userErrors { code message path } } }
            """;

    private static final String PUBLISH = """
            mutation ($input: PublishDocumentsInput!) { publishDocuments(input: $input) {
              documents { documentId text operationName appVersions cost publishedAt lastUsedAt retiredAt }
              userErrors { code message path } } }
            """;

    private static final String RETIRE = """
            mutation ($input: RetireDocumentsInput!) { retireDocuments(input: $input) {
              retired userErrors { code message path } } }
            """;

    private final Gateway gateway;
    private final Caller admin;

    public Apps(Gateway gateway) {
        this.gateway = gateway;
        this.admin = gateway.user(new Given(gateway).admin());
    }

    public Caller admin() {
        return admin;
    }

    /** A new one; answers its client id. */
    public String app(String policy) {
        var clientId = Given.unique("app");
        save(clientId, "An app", policy).ok();
        return clientId;
    }

    public Answer save(String clientId, String name, String policy) {
        return admin.query(SAVE, Map.of("input", Map.of("clientId", clientId, "name", name, "policy", policy)));
    }

    public Answer publish(Caller caller, String clientId, String appVersion, List<String> documents) {
        var input = Map.of("clientId", clientId, "appVersion", appVersion, "documents", documents);
        return caller.query(PUBLISH, Map.of("input", input));
    }

    /** As an administrator, all of them. */
    public Answer publish(String clientId, String appVersion, String... documents) {
        return publish(admin, clientId, appVersion, List.of(documents)).ok();
    }

    public Answer retire(Caller caller, String clientId, String appVersion) {
        return caller.query(RETIRE, Map.of("input", Map.of("clientId", clientId, "appVersion", appVersion)));
    }

    /** As an administrator. */
    public Answer retire(String clientId, String appVersion) {
        return retire(admin, clientId, appVersion).ok();
    }

    /** Somebody with a token of the app's own. */
    public Caller callerOf(String clientId) {
        return callerOf(clientId, gateway);
    }

    /** The same at another instance. */
    public Caller callerOf(String clientId, Gateway instance) {
        return instance.bearer(instance.token("as=integrator&scope=read:calendar&client_id=" + clientId));
    }

    public static String sha256(String text) {
        return digest("SHA-256", text);
    }

    public static String digest(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
