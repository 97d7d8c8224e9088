package dev.selvage.users;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code Mutation.setUserRole}: makes somebody an administrator, or one no longer. It holds from their next call on where it
 * was made, and after ten seconds at most at other instances.
 */
@Component
class SetUserRole implements Mutation<User> {
    private final UserRepository users;
    private final UserViewers viewers;

    SetUserRole(UserRepository users, UserViewers viewers) {
        this.users = users;
        this.viewers = viewers;
    }

    @Override
    public Mono<Payload<User>> change(Input input) {
        return users.setRole(input).delayUntil(payload -> {
            var user = payload.record();
            return user == null ? Mono.empty() : viewers.hasChanged(user.id());
        });
    }
}
