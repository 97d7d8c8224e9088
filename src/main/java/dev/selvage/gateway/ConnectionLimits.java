package dev.selvage.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** How many connections there may be, and how long each may keep the gateway waiting. Puts a guard into each of them. */
@Component
class ConnectionLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    /** Why a connection was ended from this side. */
    enum Ended {
        TOO_MANY,
        IDLE,
        SLOW_REQUEST,
        SLOW_READER,
        MALFORMED
    }

    private final int most;
    private final Duration idle;
    private final Duration request;
    private final Duration answer;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Ended, Counter> ended = new EnumMap<>(Ended.class);

    /**
     * @param most connections at a time
     * @param idle how long one may be open with nothing to do
     * @param request how long a request may take to come, from its first byte to its last
     * @param answer how long a caller may leave an answer untaken
     */
    ConnectionLimits(
            MeterRegistry metrics,
            @Value("${gateway.http.max-connections}") int most,
            @Value("${gateway.http.idle-timeout}") Duration idle,
            @Value("${gateway.http.request-timeout}") Duration request,
            @Value("${gateway.http.answer-timeout}") Duration answer) {
        this.most = most;
        this.idle = idle;
        this.request = request;
        this.answer = answer;
        for (var why : Ended.values()) {
            ended.put(
                    why,
                    Counter.builder("selvage.connections.ended")
                            .description("Connections of callers that the gateway ended")
                            .tag("reason", why.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
        Gauge.builder("selvage.connections.open", open, AtomicInteger::get)
                .description("Connections of callers")
                .register(metrics);
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        server.addServerCustomizers(http -> http.doOnChannelInit((_, channel, _) -> {
            var pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                var guard = new ConnectionGuard(this);
                pipeline.addBefore(NettyPipeline.HttpCodec, "selvage.bytes", guard.bytes());
                pipeline.addAfter(NettyPipeline.HttpCodec, "selvage.guard", guard);
            }
        }));
    }

    /** Whether there is room for one more; it is to be counted out with {@link #left} either way. */
    boolean admit() {
        return open.incrementAndGet() <= most;
    }

    void left() {
        open.decrementAndGet();
    }

    void count(Ended why) {
        Objects.requireNonNull(ended.get(why)).increment();
    }

    long idleNanos() {
        return idle.toNanos();
    }

    long requestNanos() {
        return request.toNanos();
    }

    long answerNanos() {
        return answer.toNanos();
    }
}
