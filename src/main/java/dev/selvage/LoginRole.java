package dev.selvage;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Viewer;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.util.retry.Retry;

/** Refuses to serve as a database role that row security does not hold for: every wall behind this one would be of paper. */
@Component
class LoginRole implements SmartInitializingSingleton {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A first connection takes longer than any later one, on a busy machine longer than a caller would wait for it. */
    private static final Retry UNTIL_CONNECTED = Retry.fixedDelay(20, Duration.ofMillis(100))
            .filter(error -> error instanceof Refusal refusal && refusal.code() == Code.SERVICE_UNAVAILABLE)
            .onRetryExhaustedThrow((_, tried) -> tried.failure());

    private final Operations operations;
    private final LoginRoleRepository roles;
    private final boolean allowed;

    LoginRole(
            Operations operations,
            LoginRoleRepository roles,
            @Value("${gateway.allow-privileged-login:false}") boolean allowed) {
        this.operations = operations;
        this.roles = roles;
        this.allowed = allowed;
    }

    /** Before the server listens. */
    @Override
    public void afterSingletonsInstantiated() {
        if (allowed) {
            return;
        }
        var found = operations
                .read(Viewer.SYSTEM, roles::findWayRound)
                .retryWhen(UNTIL_CONNECTED)
                .onErrorMap(error -> new StartRefused(
                        ("Selvage cannot take the role selvage_system in its database (%s): make its roles by db/roles.sql, and"
                                        + " connect as selvage_login (spring.r2dbc.username).")
                                .formatted(
                                        error.getCause() == null
                                                ? error.getMessage()
                                                : error.getCause().getMessage())))
                .block(PATIENCE);
        if (found != null && !found.mightBe().isEmpty()) {
            throw new StartRefused(
                    ("Selvage will not serve as the database role %s, for row security does not hold for what it is or"
                                    + " may become: %s. Connect as selvage_login (spring.r2dbc.username), as db/roles.sql makes it, or"
                                    + " where nothing needs protection set gateway.allow-privileged-login=true.")
                            .formatted(found.login(), found.mightBe()));
        }
    }
}
