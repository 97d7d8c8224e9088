package dev.selvage;

import dev.selvage.RowSecurityShop.Entry;
import dev.selvage.RowSecurityShop.Order;
import dev.selvage.RowSecurityWorld.Event;
import dev.selvage.RowSecurityWorld.Item;
import dev.selvage.RowSecurityWorld.Person;
import dev.selvage.RowSecurityWorld.Registration;
import dev.selvage.support.TestDatabase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who looks at a {@link RowSecurityWorld}, and what they see of it by the domain's rules, said again in Java. */
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

    /** Whether everybody's records behind this scope are theirs to read. */
    boolean reads(String scope) {
        return role.equals("admin")
                || (role.equals("integrator") && List.of(scopes.split(" ")).contains(scope));
    }

    boolean sees(Person user) {
        return role.equals("admin") || user == person;
    }

    boolean seesConsignor(Person consignor) {
        return reads("read:consignors") || consignor == person;
    }

    boolean sees(Registration registration) {
        return seesConsignor(registration.owner());
    }

    boolean sees(Item item) {
        return (Set.of("approved", "sold").contains(item.status()) && isListed(item.event()))
                || reads("read:inventory")
                || item.owner() == person;
    }

    boolean sees(Event event, RowSecurityWorld world) {
        return isListed(event)
                || reads("read:inventory")
                || reads("read:consignors")
                || world.registrations.stream().anyMatch(of -> of.event().equals(event) && of.owner() == person)
                || world.items.stream().anyMatch(of -> of.event().equals(event) && of.owner() == person);
    }

    /** Nobody signed in is nobody's owner: a guest's order has none either, and is not theirs for that. */
    boolean sees(Order order) {
        return reads("read:orders") || (person != null && order.owner() == person);
    }

    boolean sees(Entry entry) {
        return reads("read:calendar") || entry.owner() == person;
    }

    private static boolean isListed(Event event) {
        return Set.of("published", "completed").contains(event.status());
    }
}
