package dev.selvage.consignors;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_FOUND;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_UNIQUE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code consignors} are to callers. */
@Component
class ConsignorConstraints implements Wiring {
    static final String REGISTERED = "This user is a consignor already, and can be one only once.";

    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("consignors.name", REQUIRED, "A consignor has a name.", "input", "name")
                .add("consignors.email", REQUIRED, "A consignor has an e-mail address.", "input", "email")
                .add("consignors_user_fkey", NOT_FOUND, "There is no such user.", "input", "userId")
                .add("consignors_one_per_user", NOT_UNIQUE, REGISTERED, "input", "userId")
                .add("consignors_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add("consignors_email_shape", INVALID, "This is not an e-mail address.", "input", "email")
                .add(
                        "consignors_phone_shape",
                        INVALID,
                        "A telephone number begins with + and the country's number, and then has digits only.",
                        "input",
                        "phone")
                .add("consignors_address_length", TOO_LONG, "An address has 1 to 1,000 characters.", "input", "address")
                .add(
                        "consignors_phone_given",
                        REQUIRED,
                        "Who prefers the telephone gives a number. Send one, or prefer e-mail.",
                        "input",
                        "phone")
                .backstops(
                        "input",
                        "consignors.user_id",
                        "consignors_number_positive",
                        "consignors_number_unique",
                        "consignors_owner_unique",
                        "consignors_preferred_contact_known");
    }
}
