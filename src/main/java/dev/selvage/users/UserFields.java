package dev.selvage.users;

import dev.selvage.kernel.Budget;
import dev.selvage.kernel.By;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Wiring;
import dev.selvage.users.UserRepository.Addressed;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code Query.viewer}, {@code Query.user}, {@code Query.users} and the type {@code User}. */
@Component
class UserFields implements Wiring {
    private final UserRepository users;

    UserFields(UserRepository users) {
        this.users = users;
    }

    @Override
    public void wire(Fields fields) {
        var byEmail = new Lookup<>(String.class, users::findAllByEmail, Addressed::asked);

        fields.type(User.class).id(new Lookup<>(UUID.class, users::findAll, User::id));
        fields.type(Viewer.class)
                .toOne("user", Viewer::userId, User.class)
                .value("roles", UserFields::roles)
                .ofOperation("budget", Operation::budget)
                .value(
                        "scopes",
                        viewer -> viewer.scopes().stream()
                                .map(Scope::word)
                                .sorted()
                                .toList());
        fields.type(Budget.class);
        fields.query()
                .value("viewer", viewer -> viewer)
                .by("user", User.class, new By("email", By::text, byEmail, Addressed::user))
                .page("users", UserRepository.USERS);
    }

    private static List<UserRole> roles(Viewer viewer) {
        if (viewer.role() == Role.ADMIN) {
            return List.of(UserRole.ADMIN);
        }
        return viewer.role() == Role.USER ? List.of(UserRole.USER) : List.of();
    }
}
