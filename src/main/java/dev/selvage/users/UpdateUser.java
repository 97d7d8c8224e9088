package dev.selvage.users;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateUser}: changes how somebody is shown. The e-mail address follows the token that they sign in with. */
@Component
class UpdateUser implements Mutation<User> {
    private final UserRepository users;

    UpdateUser(UserRepository users) {
        this.users = users;
    }

    @Override
    public Mono<Payload<User>> change(Input input) {
        return users.update(input);
    }
}
