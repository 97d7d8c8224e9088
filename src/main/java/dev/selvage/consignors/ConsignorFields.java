package dev.selvage.consignors;

import dev.selvage.kernel.By;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import dev.selvage.users.User;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code Query.consignor}, {@code Query.consignors}, the type {@code Consignor} and {@code User.consignor}. */
@Component
class ConsignorFields implements Wiring {
    private final ConsignorRepository consignors;

    ConsignorFields(ConsignorRepository consignors) {
        this.consignors = consignors;
    }

    @Override
    public void wire(Fields fields) {
        var byUser = new Lookup<>(UUID.class, consignors::findAllByUser, Consignor::userId);
        var byNumber = new Lookup<>(Integer.class, consignors::findAllByNumber, Consignor::number);

        fields.type(Consignor.class)
                .id(new Lookup<>(Long.class, consignors::findAll, Consignor::id))
                .toOne("user", Consignor::userId, User.class);
        fields.extend(User.class).lookup("consignor", User::id, byUser);
        fields.query()
                .by(
                        "consignor",
                        Consignor.class,
                        new By("number", number -> (Integer) number, byNumber),
                        new By("userId", id -> GlobalId.keyOf((String) id, "User", UUID.class), byUser))
                .page("consignors", ConsignorRepository.CONSIGNORS);
    }
}
