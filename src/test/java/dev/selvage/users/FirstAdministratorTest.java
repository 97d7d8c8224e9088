package dev.selvage.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom {@code gateway.bootstrap-admin-email} makes an administrator. */
class FirstAdministratorTest {
    private static final String EMAIL = "first@example.com";

    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database(Given.unique("bootstrap")),
                "--gateway.bootstrap-admin-email= First@Example.com");
    }

    @AfterEach
    void stop() {
        gateway.stop();
    }

    @Test
    void whoeverProvesThatAddressBecomesOneAndNobodyElse() {
        assertThat(roles("sub=other&email=other@example.com")).isEqualTo("[\"USER\"]");
        assertThat(gateway.bearer(gateway.token("sub=liar&email=" + EMAIL + "&email_verified=false"))
                        .query("{ viewer { roles } }")
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(roles("sub=alike&email=f%C4%B0rst@example.com")).isEqualTo("[\"USER\"]");
        assertThat(roles("sub=first&email=" + EMAIL)).isEqualTo("[\"ADMIN\"]");
        assertThat(roles("sub=first")).as("without the address, later").isEqualTo("[\"ADMIN\"]");
    }

    @Test
    void aUserWhoWasThereBeforeTheSettingBecomesOneToo() {
        gateway.database().query("""
                INSERT INTO users (email, role, email_verified, issuer, subject)
                VALUES ('first@example.com', 'user', now(), ?, 'early') RETURNING 1
                """, _ -> true, gateway.address());

        assertThat(roles("sub=early&email=" + EMAIL)).isEqualTo("[\"ADMIN\"]");
    }

    @Test
    void onceThereIsAnAdministratorTheSettingMeansNothing() {
        gateway.database().query("""
                INSERT INTO users (email, role, email_verified, issuer, subject)
                VALUES ('boss@example.com', 'admin', now(), ?, 'boss') RETURNING 1
                """, _ -> true, gateway.address());

        assertThat(roles("sub=first&email=" + EMAIL)).isEqualTo("[\"USER\"]");
    }

    /** One who was imported and has never signed in helps nobody. */
    @Test
    void anImportedAdministratorDoesNotCount() {
        gateway.database().query("""
                INSERT INTO users (email, role) VALUES ('gone@example.com', 'admin') RETURNING 1
                """, _ -> true);

        assertThat(roles("sub=first&email=" + EMAIL)).isEqualTo("[\"ADMIN\"]");
    }

    private String roles(String token) {
        return gateway.bearer(gateway.token(token))
                .query("{ viewer { roles } }")
                .ok()
                .at("viewer", "roles")
                .toString();
    }
}
