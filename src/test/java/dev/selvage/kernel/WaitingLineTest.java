package dev.selvage.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.WaitingLine.TurnedAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Who waits for a connection, and who is told at once that it would take too long. */
class WaitingLineTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int CONNECTIONS = 4;

    /** Two seconds at most; half of that is foreseen. */
    private final WaitingLine line = new WaitingLine(CONNECTIONS, 2 * SECOND);

    private final List<Throwable> refused = new ArrayList<>();
    private final List<Disposable> waiting = new ArrayList<>();

    private void join(int many) {
        for (int i = 0; i < many; i++) {
            waiting.add(line.join(Mono.never()).subscribe(_ -> {}, refused::add));
        }
    }

    private void eachWasLentFor(long nanos) {
        for (int i = 0; i < 1_000; i++) {
            line.join(Mono.just("a connection")).subscribe();
            line.wasLentFor(nanos);
        }
    }

    @Test
    void whileNobodyKnowsHowLongItTakesEverybodyMayWait() {
        join(1_000);

        assertThat(refused).isEmpty();
        assertThat(line.waiting()).isEqualTo(1_000 - CONNECTIONS);
    }

    @Test
    void whoeverWouldWaitTooLongIsTurnedAwayAtOnce() {
        // A little more than a second, as a mean comes near what it is the mean of and never gets there.
        eachWasLentFor(SECOND + 1_000);
        // There is one for each of these, however long they keep it, and then one second's worth of those who go
        // before.
        join(CONNECTIONS);
        join(CONNECTIONS);
        assertThat(refused).isEmpty();

        join(1);
        assertThat(refused).hasOnlyElementsOfType(TurnedAway.class).hasSize(1);
        assertThat(line.waiting()).isEqualTo(CONNECTIONS);
        assertThat(line.turnedAway()).isEqualTo(1);
    }

    @Test
    void theSameLineIsShortWhereConnectionsComeBackSooner() {
        eachWasLentFor(SECOND / 100);
        join(100);

        assertThat(refused).isEmpty();
    }

    @Test
    void whoeverHasGivenItBackOrHasLeftIsInNobodysWay() {
        eachWasLentFor(SECOND + 1_000);
        var free = Sinks.<String>one();
        line.join(free.asMono()).subscribe();
        join(2 * CONNECTIONS - 1);
        join(1);
        assertThat(refused).hasSize(1);

        // Whoever has one is still before the others.
        free.tryEmitValue("a connection").orThrow();
        join(1);
        assertThat(refused).hasSize(2);
        line.wasLentFor(SECOND);
        join(1);
        assertThat(refused).hasSize(2);

        waiting.forEach(Disposable::dispose);
        assertThat(line.waiting()).isZero();
        join(2 * CONNECTIONS);
        assertThat(refused).hasSize(2);
    }
}
