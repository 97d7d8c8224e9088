package dev.selvage.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.kernel.Listing.Search;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether what is searched for is frequent in a table, remembered for a while: to find it out takes the server as long as to
 * find a page, whose rows tell it then. It decides which way a page is found, never what is on it.
 */
@Component
final class WordFrequencies {
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** Of the texts of searches. */
    private static final long KEPT_CHARACTERS = 1_000_000;

    private final Cache<Searched, Boolean> known = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumWeight(KEPT_CHARACTERS)
            .weigher((Searched searched, Boolean _) -> searched.tsquery().length())
            .build();

    private record Searched(Search search, String tsquery) {}

    /** Null if it is not known. */
    @Nullable
    Boolean isFrequent(Search search, String tsquery) {
        return known.getIfPresent(new Searched(search, tsquery));
    }

    /** Remembers what a page told. */
    void learn(Search search, String tsquery, boolean frequent) {
        known.put(new Searched(search, tsquery), frequent);
    }
}
