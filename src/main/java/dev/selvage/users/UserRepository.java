package dev.selvage.users;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Identity;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

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

    static final Table<UUID, User> USER = Table.of("users", COLUMNS, UserRepository::toUser, User.class, UUID.class)
            .ownedBy("id = (SELECT viewer_id())");

    static final Writing WRITING = USER.writing().text("name", "name").text("image", "image");

    static final Sql SET_ROLE = USER.update(UserRules.SET_ROLE, "role = $3");

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM users WHERE id = ANY ($1)".formatted(COLUMNS));

    /** The database makes the key, as it made the column. */
    static final Sql FIND_ALL_BY_EMAIL = Sql.of("""
            SELECT asked, %s
              FROM unnest($1::text[]) AS asked
              JOIN users ON email_key = folded_email(asked)
            """.formatted(COLUMNS));

    /** The third value is the token's e-mail address, or an empty text if it has none that is verified. */
    static final Sql FIND_BY_IDENTITY = Sql.of("""
            SELECT id, role, $3::text = '' OR (email_key = folded_email($3) AND email_verified IS NOT NULL)
              FROM users
             WHERE issuer = $1 AND subject = $2
            """);

    static final Sql SIGN_IN = Sql.of("SELECT outcome, id, role FROM sign_in($1, $2, $3, $4, $5)");

    private final Database database;

    UserRepository(Database database) {
        this.database = database;
    }

    Mono<List<User>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), UserRepository::toUser);
    }

    Mono<Payload<User>> update(Input input) {
        return USER.change(database, input, UserRules.UPDATE, WRITING);
    }

    Mono<Payload<User>> setRole(Input input) {
        return USER.change(database, input, UserRules.SET_ROLE, SET_ROLE, Objects.requireNonNull(input.word("role")));
    }

    /** @param asked the address as it was asked for */
    record Addressed(String asked, User user) {}

    /** Who has these addresses, each compared without regard to case and surrounding space. */
    Mono<List<Addressed>> findAllByEmail(Collection<String> emails) {
        return database.query(
                FIND_ALL_BY_EMAIL.with((Object) emails.toArray(String[]::new)),
                row -> new Addressed(row.text(), toUser(row)));
    }

    /** @param upToDate whether what the token says of the e-mail address is known already */
    record Identified(UUID id, UserRole role, boolean upToDate) {}

    /** The user whom the token names; empty if nobody. */
    Mono<Identified> find(Identity identity) {
        return database.query(
                        FIND_BY_IDENTITY.with(identity.issuer(), identity.subject(), textOf(identity.verifiedEmail())),
                        row -> new Identified(row.uuid(), row.word(UserRole.class), row.bool()))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    /** How a sign-in ended. */
    enum SignInOutcome {
        SIGNED_IN,
        NO_VERIFIED_EMAIL,
        EMAIL_OF_ANOTHER
    }

    /** Id and role are null unless somebody is signed in. */
    record SignIn(
            SignInOutcome outcome,
            @Nullable UUID id,
            @Nullable UserRole role) {}

    /**
     * Makes, takes over or updates the user whom the token names.
     *
     * @param firstAdministrator whether this one may be made the first administrator
     */
    Mono<SignIn> signIn(Identity identity, @Nullable String name, boolean firstAdministrator) {
        return database.query(
                        SIGN_IN.with(
                                identity.issuer(),
                                identity.subject(),
                                textOf(identity.verifiedEmail()),
                                textOf(name),
                                firstAdministrator),
                        row -> new SignIn(
                                row.word(SignInOutcome.class), row.uuidOrNull(), row.wordOrNull(UserRole.class)))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
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
