package dev.selvage.users;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
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
            .filter("search", Filter.search("search @@ websearch_to_tsquery('simple', ?)"))
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("EMAIL", "email_key", String.class);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM users WHERE id = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_EMAIL = Sql.of("SELECT %s FROM users WHERE email_key = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_BY_IDENTITY =
            Sql.of("SELECT %s FROM users WHERE issuer = $1 AND subject = $2".formatted(COLUMNS));

    private final Database database;

    UserRepository(Database database) {
        this.database = database;
    }

    Flux<User> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), UserRepository::toUser);
    }

    /** @param emails as {@link #emailKey} makes them */
    Flux<User> findAllByEmail(Collection<String> emails) {
        return database.query(FIND_ALL_BY_EMAIL.withAll(emails, String[]::new), UserRepository::toUser);
    }

    /** The user whom tokens of this issuer call by this subject. */
    Flux<User> findByIdentity(String issuer, String subject) {
        return database.query(FIND_BY_IDENTITY.with(issuer, subject), UserRepository::toUser);
    }

    /** What e-mail addresses are compared by, as the column {@code email_key} has it. */
    static String emailKey(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
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
