package dev.selvage.users;

import dev.selvage.kernel.Rule;

/** What may become of a user. That the last administrator keeps the role, the table holds itself. */
final class UserRules {
    static final Rule UPDATE = Rule.of("updateUser");
    static final Rule SET_ROLE = Rule.of("setUserRole");

    private UserRules() {}
}
