package dev.selvage.consignors;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class ConsignorRepository {
    private static final String COLUMNS =
            "id, version, number, user_id, name, email, phone, address, preferred_contact, created_at, updated_at";

    static final Listing<Consignor> CONSIGNORS = Listing.of(
                    "consignors", COLUMNS, ConsignorRepository::toConsignor, Long.class, Consignor::id)
            .filter("preferredContact", Filter.word("preferred_contact"))
            .filter("createdAt", Filter.during("created_at"))
            .search("consignors_matching", "simple")
            .sort("NUMBER", "number", Integer.class)
            .sort("NAME", "name_sort", String.class)
            .sort("CREATED_AT", "created_at", Instant.class);

    static final Table<Long, Consignor> CONSIGNOR = Table.of(
                    "consignors", COLUMNS, ConsignorRepository::toConsignor, Consignor.class, Long.class)
            .ownedBy("user_id = (SELECT viewer_id())");

    static final Writing WRITING = CONSIGNOR
            .writing()
            .text("name", "name")
            .text("email", "email")
            .text("phone", "phone")
            .text("address", "address")
            .word("preferredContact", "preferred_contact")
            // With a registration only: whose a consignor is never changes.
            .key("userId", "user_id", "User", UUID.class);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM consignors WHERE id = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_NUMBER =
            Sql.of("SELECT %s FROM consignors WHERE number = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_USER = Sql.of("SELECT %s FROM consignors WHERE user_id = ANY ($1)".formatted(COLUMNS));

    private final Database database;

    ConsignorRepository(Database database) {
        this.database = database;
    }

    Mono<List<Consignor>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), ConsignorRepository::toConsignor);
    }

    Mono<List<Consignor>> findAllByNumber(Collection<Integer> numbers) {
        return database.query(FIND_ALL_BY_NUMBER.withAll(numbers, Integer[]::new), ConsignorRepository::toConsignor);
    }

    Mono<List<Consignor>> findAllByUser(Collection<UUID> userIds) {
        return database.query(FIND_ALL_BY_USER.withAll(userIds, UUID[]::new), ConsignorRepository::toConsignor);
    }

    Mono<Payload<Consignor>> insert(Input input) {
        return CONSIGNOR.insert(database, input, WRITING);
    }

    Mono<Payload<Consignor>> update(Input input) {
        return CONSIGNOR.change(database, input, ConsignorRules.UPDATE, WRITING);
    }

    private static Consignor toConsignor(Columns row) {
        return new Consignor(
                row.bigint(),
                row.integer(),
                row.integer(),
                row.uuid(),
                row.text(),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                row.wordOrNull(PreferredContact.class),
                row.instant(),
                row.instant());
    }
}
