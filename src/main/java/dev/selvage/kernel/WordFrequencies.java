package dev.selvage.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.kernel.Listing.Search;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whether what is searched for is frequent in a table, remembered for a while: to find it out takes the server as long as to
 * find a page. It decides which way a page is found, never what is on it.
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

    private final Database database;

    WordFrequencies(Database database) {
        this.database = database;
    }

    private record Searched(Search search, String tsquery) {}

    /** Null if it is not known. */
    @Nullable
    Boolean isFrequent(Search search, String tsquery) {
        return known.getIfPresent(new Searched(search, tsquery));
    }

    /** Finds it out, for the next time. */
    Mono<Boolean> find(Search search, String tsquery) {
        var statement = new Statement("SELECT " + search.isFrequent("$1"), List.of(tsquery), Statement.Kind.USUAL);
        return database.query(statement, Columns::bool)
                .map(List::getFirst)
                .doOnNext(frequent -> known.put(new Searched(search, tsquery), frequent));
    }
}
