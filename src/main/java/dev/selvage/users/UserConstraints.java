package dev.selvage.users;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.IN_USE;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code users} are to callers, as far as callers write it. */
@Component
class UserConstraints implements Wiring {
    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("users_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add(
                        "users_image_shape",
                        INVALID,
                        "An image is an address that begins with http:// or https:// and has at most 2,048 characters.",
                        "input",
                        "image")
                .add(
                        "users_last_administrator",
                        IN_USE,
                        "This is the last administrator. Give the role to somebody else first.",
                        "input",
                        "role")
                .backstops(
                        "input",
                        "users.role",
                        "users_email_idx",
                        "users_email_shape",
                        "users_identity_unique",
                        "users_identity_whole",
                        "users_role_known");
    }
}
