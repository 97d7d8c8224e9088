package dev.selvage;

import dev.selvage.kernel.Database;
import dev.selvage.kernel.Sql;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class LoginRoleRepository {
    /**
     * What the role that logged in is or could become, and row security would not hold for: a superuser, a role with BYPASSRLS,
     * one that makes roles, copies the server or reaches its files, or the owner of a table. {@code session_user} stays what
     * it was whichever role is taken.
     */
    static final Sql FIND_WAY_ROUND = Sql.of("""
            SELECT session_user::text, coalesce((
                SELECT string_agg(rolname, ', ' ORDER BY rolname)
                  FROM pg_roles
                 WHERE pg_has_role(session_user, oid, 'MEMBER')
                   AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication
                        OR rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
                        OR oid IN (SELECT relowner FROM pg_class
                                    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')))), '')
            """);

    /** @param mightBe names of roles; empty if there is none */
    record WayRound(String login, String mightBe) {}

    private final Database database;

    LoginRoleRepository(Database database) {
        this.database = database;
    }

    Mono<WayRound> findWayRound() {
        return database.query(FIND_WAY_ROUND.with(), row -> new WayRound(row.text(), row.text()))
                .map(List::getFirst);
    }
}
