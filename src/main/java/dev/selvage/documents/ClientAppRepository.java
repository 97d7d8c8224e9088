package dev.selvage.documents;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class ClientAppRepository {
    /** How many there may be; a trigger sees to it. */
    static final int MOST = 100;

    private static final String COLUMNS = "id, version, client_id, name, policy";

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM client_apps WHERE id = ANY ($1)".formatted(COLUMNS));

    static final Sql LIST = Sql.of("SELECT %s FROM client_apps ORDER BY client_id LIMIT %d".formatted(COLUMNS, MOST));

    static final Sql SAVE = Sql.of("""
            INSERT INTO client_apps (client_id, name, policy)
            VALUES ($1, $2, $3)
                ON CONFLICT (client_id) DO UPDATE SET name = EXCLUDED.name, policy = EXCLUDED.policy
            RETURNING %s""".formatted(COLUMNS));

    static final Sql ADD = Sql.of("""
            INSERT INTO client_apps (client_id, name, policy)
            VALUES ($1, $2, $3)
                ON CONFLICT (client_id) DO NOTHING
            RETURNING client_id""");

    private final Database database;

    ClientAppRepository(Database database) {
        this.database = database;
    }

    Mono<List<ClientApp>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), ClientAppRepository::toApp);
    }

    /** All of them. */
    Mono<List<ClientApp>> list() {
        return database.query(LIST.with(), ClientAppRepository::toApp);
    }

    /** Creates the app with this client id, or gives it this name and policy. */
    Mono<ClientApp> save(String clientId, String name, DocumentPolicy policy) {
        return database.query(SAVE.with(clientId, name, word(policy)), ClientAppRepository::toApp)
                .map(List::getFirst);
    }

    /** Creates the app if there is none with this client id; answers whether it did. */
    Mono<Boolean> add(String clientId, String name, DocumentPolicy policy) {
        return database.query(ADD.with(clientId, name, word(policy)), Columns::text)
                .map(added -> !added.isEmpty());
    }

    private static String word(DocumentPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    private static ClientApp toApp(Columns row) {
        return new ClientApp(row.uuid(), row.integer(), row.text(), row.text(), row.word(DocumentPolicy.class));
    }
}
