package dev.selvage.users;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

@Repository
class UserRepository {
    private static final String COLUMNS =
            "id, version, email, name, role, email_verified, image, created_at, updated_at";

    static final Listing<User> USERS = Listing.of("users", COLUMNS, UserRepository::toUser, UUID.class, User::id)
            .filter("role", Filter.oneOf("role"))
            .filter("createdAt", Filter.during("created_at"))
            .search("users_matching", "simple")
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("EMAIL", "email_key", String.class);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM users WHERE id = ANY ($1)".formatted(COLUMNS));

    /** The database makes the key, as it made the column: what lower case is depends on its locale. */
    static final Sql FIND_ALL_BY_EMAIL = Sql.of("""
            SELECT asked, %s
              FROM unnest($1::text[]) AS asked
              JOIN users ON email_key = lower(btrim(asked))
            """.formatted(COLUMNS));

    static final Sql FIND_BY_IDENTITY =
            Sql.of("SELECT %s FROM users WHERE issuer = $1 AND subject = $2".formatted(COLUMNS));

    private final Database database;

    UserRepository(Database database) {
        this.database = database;
    }

    Flux<User> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), UserRepository::toUser);
    }

    /** @param asked the address as it was asked for */
    record Addressed(String asked, User user) {}

    /** Who has these addresses, each compared without regard to case and surrounding space. */
    Flux<Addressed> findAllByEmail(Collection<String> emails) {
        return database.query(
                FIND_ALL_BY_EMAIL.withAll(emails, String[]::new), row -> new Addressed(row.text(), toUser(row)));
    }

    /** The user whom tokens of this issuer call by this subject. */
    Flux<User> findByIdentity(String issuer, String subject) {
        return database.query(FIND_BY_IDENTITY.with(issuer, subject), UserRepository::toUser);
    }

    private static User toUser(Columns row) {
        return new User(
                row.uuid(),
                row.integer(),
                row.text(),
                row.textOrNull(),
                row.word(UserRole.class),
                row.instantOrNull(),
                row.textOrNull(),
                row.instant(),
                row.instant());
    }
}
