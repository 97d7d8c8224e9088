package dev.selvage.gateway;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Times by which something has to be over. Nearly all of it is over long before, so that this is made for being called off. */
@Component
class Deadlines implements DisposableBean {
    private static final int TICK_MILLIS = 20;

    private final HashedWheelTimer timer =
            new HashedWheelTimer(new DefaultThreadFactory("deadlines", true), TICK_MILLIS, TimeUnit.MILLISECONDS);

    /** Runs this when so much time has passed, unless it is cancelled before. */
    Timeout after(Duration time, Runnable late) {
        return timer.newTimeout(_ -> late.run(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
        timer.stop();
    }
}
