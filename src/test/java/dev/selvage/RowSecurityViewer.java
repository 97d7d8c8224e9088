package dev.selvage;

import dev.selvage.RowSecurityShop.Order;
import dev.selvage.RowSecurityWorld.Person;
import dev.selvage.RowSecurityWorld.Registration;
import dev.selvage.support.TestDatabase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who looks at a {@link RowSecurityWorld}. */
enum RowSecurityViewer {
    ANONYMOUS("anonymous", null),
    ANONYMOUS_WITH_SCOPES("anonymous", null, RowSecurityViewer.SCOPES),
    CUSTOMER("user", Person.CUSTOMER),
    CONSIGNOR("user", Person.CLARA),
    ANOTHER_CONSIGNOR("user", Person.DORA),
    CONSIGNOR_WITH_SCOPES("user", Person.CLARA, RowSecurityViewer.SCOPES),
    INTEGRATOR("integrator", null),
    INTEGRATOR_OF_OTHER_THINGS("integrator", null, "read:changes read:inventor write:inventory consignors read:order"),
    INTEGRATOR_OF_INVENTORY("integrator", null, "read:inventory"),
    INTEGRATOR_OF_CONSIGNORS("integrator", null, "read:consignors"),
    INTEGRATOR_OF_ORDERS("integrator", null, "read:orders"),
    INTEGRATOR_OF_THE_CALENDAR("integrator", null, "read:calendar"),
    INTEGRATOR_OF_ANALYTICS("integrator", null, "read:analytics"),
    INTEGRATOR_OF_EVERYTHING("integrator", null, RowSecurityViewer.SCOPES),
    ADMIN("admin", Person.ADMINISTRATOR);

    private static final String SCOPES = "read:inventory read:consignors read:orders read:calendar read:analytics";

    private final String role;
    private final @Nullable Person person;
    private final String scopes;

    RowSecurityViewer(String role, @Nullable Person person) {
        this(role, person, "");
    }

    RowSecurityViewer(String role, @Nullable Person person, String scopes) {
        this.role = role;
        this.person = person;
        this.scopes = scopes;
    }

    <T> T in(TestDatabase database, TestDatabase.Work<T> work) {
        return database.asViewer(role, person == null ? "" : person.user().toString(), scopes, work);
    }

    /** The same, for a connection that takes the viewer's role itself. */
    DatabaseViewer asked() {
        return new DatabaseViewer(
                role, person == null ? null : person.user(), scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ")));
    }

    /** Whether everybody's records behind this scope are theirs to read. */
    boolean reads(String scope) {
        return role.equals("admin")
                || (role.equals("integrator") && List.of(scopes.split(" ")).contains(scope));
    }

    boolean sees(Registration registration) {
        return reads("read:consignors") || registration.owner() == person;
    }

    /** Nobody signed in is nobody's owner: a guest's order has none either, and is not theirs for that. */
    boolean sees(Order order) {
        return reads("read:orders") || (person != null && order.owner() == person);
    }
}
