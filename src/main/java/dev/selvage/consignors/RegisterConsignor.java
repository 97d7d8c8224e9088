package dev.selvage.consignors;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.kernel.Viewer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.registerConsignor}: makes the viewer a consignor, or for an administrator also somebody else. */
@Component
class RegisterConsignor implements Mutation<Consignor> {
    private final Operations operations;
    private final ConsignorRepository consignors;

    RegisterConsignor(Operations operations, ConsignorRepository consignors) {
        this.operations = operations;
        this.consignors = consignors;
    }

    @Override
    public Mono<Payload<Consignor>> change(Input input) {
        return operations.viewer().flatMap(viewer -> {
            var user = user(input, viewer);
            if (viewer.role() != Role.ADMIN && !Objects.equals(user, viewer.userId())) {
                return refused(input, ErrorCode.FORBIDDEN, "Only an administrator registers others. Leave this out.");
            }
            return user == null
                    ? Mono.just(Payload.refused(UserError.notFound(input.at("userId"))))
                    : register(input, user);
        });
    }

    private static @Nullable UUID user(Input input, Viewer viewer) {
        return input.value("userId") == null ? viewer.userId() : input.id("userId", "User", UUID.class);
    }

    /** Looks before it inserts, which also draws a number where it is then refused: it would be nobody's. */
    private Mono<Payload<Consignor>> register(Input input, UUID user) {
        return consignors
                .findAllByUser(List.of(user))
                .flatMap(found -> found.isEmpty()
                        ? consignors.insert(input)
                        : refused(input, ErrorCode.NOT_UNIQUE, ConsignorConstraints.REGISTERED));
    }

    private static Mono<Payload<Consignor>> refused(Input input, ErrorCode code, String sentence) {
        return Mono.just(Payload.refused(new InputError(code, sentence, input.at("userId"))));
    }
}
