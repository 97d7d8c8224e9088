package dev.selvage.kernel;

import com.github.benmanes.caffeine.cache.Caffeine;

/** What is kept in memory. */
public final class Caches {
    private Caches() {}

    /**
     * One that is asked at each request. It is tidied up by whoever asks: that is less work than to wake another thread for it.
     */
    public static Caffeine<Object, Object> askedAtEachRequest() {
        return Caffeine.newBuilder().executor(Runnable::run);
    }
}
