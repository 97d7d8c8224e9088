package dev.selvage.local;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** What a start says when it is done: addresses, and lines to paste into a POSIX shell. */
record Greeting(String address, boolean ownIssuer, LocalPostgres postgres)
        implements ApplicationListener<ApplicationReadyEvent> {
    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (!LocalSelvage.isEnding()) {
            System.out.println(text());
        }
    }

    private String text() {
        var token = ownIssuer ? "TOKEN=$(curl -s '%s/dev/token?as=admin')".formatted(address) : "TOKEN=yours";
        return """

                Selvage is ready.

                  GraphQL     %1$s/graphql
                  GraphiQL    %1$s/graphiql
                  PostgreSQL  %3$s   (user selvage_owner, password in %4$s)

                  %2$s
                  curl -s %1$s/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                    -d '{"query": "{ events(first: 3) { nodes { name status } totalCount } }"}'

                Ctrl-C stops it, and the data stay. `%5$s` starts anew.
                """.formatted(address, token, postgres.address(), postgres.passwordFile(), LocalEnvironment.FRESH);
    }
}
