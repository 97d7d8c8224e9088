package dev.selvage.search;

import dev.selvage.kernel.Ranking;
import dev.selvage.kernel.SearchTerms;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One search: the hits of all kinds, the best first. Where the words find nothing, and exactly one of them occurs nowhere,
 * that one is taken for misspelled and its neighbours are searched for instead.
 */
final class Search implements Ranking<SearchHit> {
    private final SearchRepository repository;
    private final SearchTerms terms;
    private final Collection<SearchKind> kinds;

    Search(SearchRepository repository, SearchTerms terms, Collection<SearchKind> kinds) {
        this.repository = repository;
        this.terms = terms;
        this.kinds = kinds;
    }

    @Override
    public String name() {
        return "search " + kinds + " " + terms.tsquery();
    }

    @Override
    public Mono<List<SearchHit>> after(@Nullable String place, int most) {
        if (terms.isEmpty() || terms.onlyExcludes() || kinds.isEmpty()) {
            return Mono.just(List.of());
        }
        if (place == null) {
            return repository
                    .find(terms.tsquery(), kinds, most)
                    .flatMap(hits -> hits.isEmpty()
                            ? corrected()
                                    .flatMap(meant -> repository.find(meant.tsquery(), kinds, most))
                                    .defaultIfEmpty(List.of())
                            : Mono.just(hits));
        }
        // A cursor is signed, so that it is one of ours.
        var parts = place.split(" ", 4);
        var last = new SearchHit(
                "", SearchKind.valueOf(parts[1]), parts[2], Float.intBitsToFloat(Integer.parseInt(parts[0])));
        return parts[3].equals("typed")
                ? repository.findAfter(terms.tsquery(), kinds, most, last)
                : corrected()
                        .flatMap(meant -> repository.findAfter(meant.tsquery(), kinds, most, last))
                        .defaultIfEmpty(List.of());
    }

    @Override
    public String place(SearchHit hit) {
        return Float.floatToIntBits(hit.rank()) + " " + hit.kind() + " " + hit.key() + " "
                + (hit.tsquery().equals(terms.tsquery()) ? "typed" : "meant");
    }

    private Mono<SearchTerms> corrected() {
        var words = terms.words();
        return repository
                .wordsInUse(words, kinds)
                .map(Set::copyOf)
                .flatMap(known -> words.size() - known.size() == 1 ? corrected(unknown(words, known)) : Mono.empty());
    }

    private static String unknown(Set<String> words, Set<String> known) {
        return words.stream().filter(word -> !known.contains(word)).findFirst().orElseThrow();
    }

    private Mono<SearchTerms> corrected(String misspelled) {
        var candidates = Misspellings.of(misspelled);
        return candidates.isEmpty()
                ? Mono.empty()
                : repository
                        .wordsInUse(candidates, kinds)
                        .filter(meant -> !meant.isEmpty())
                        .map(meant -> terms.replacing(Map.<String, List<String>>of(misspelled, meant)));
    }
}
