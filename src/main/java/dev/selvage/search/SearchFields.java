package dev.selvage.search;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.SearchTerms;
import dev.selvage.kernel.Wiring;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code Query.search} and the type {@code SearchHit}. */
@Component
class SearchFields implements Wiring {
    private final SearchRepository search;

    SearchFields(SearchRepository search) {
        this.search = search;
    }

    @Override
    public void wire(Fields fields) {
        var highlights = new Lookup<>(SearchHit.class, this::highlights, Highlight::hit);

        fields.query().ranking("search", this::search);
        fields.type(SearchHit.class)
                .reference("node", SearchHit::node)
                .lookup("highlight", hit -> hit, highlights, Highlight::html);
    }

    private Search search(Map<String, Object> arguments) {
        var terms = SearchTerms.of((String) Objects.requireNonNull(arguments.get("query")));
        return new Search(search, terms, kinds((List<?>) arguments.get("kinds")));
    }

    private static Collection<SearchKind> kinds(@Nullable List<?> asked) {
        var kinds = EnumSet.noneOf(SearchKind.class);
        if (asked == null) {
            return EnumSet.allOf(SearchKind.class);
        }
        asked.stream().filter(Objects::nonNull).forEach(kind -> kinds.add(SearchKind.valueOf(kind.toString())));
        return kinds;
    }

    private record Highlight(SearchHit hit, String html) {}

    private Mono<List<Highlight>> highlights(Collection<SearchHit> hits) {
        var byWords = hits.stream().collect(Collectors.groupingBy(SearchHit::tsquery));
        return Flux.fromIterable(byWords.entrySet())
                .flatMapSequential(found -> highlights(found.getKey(), found.getValue()))
                .collectList()
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    private Mono<List<Highlight>> highlights(String tsquery, List<SearchHit> hits) {
        var byPlace =
                hits.stream().collect(Collectors.toMap(hit -> hit.kind() + hit.key(), hit -> hit, (one, _) -> one));
        return search.passages(tsquery, hits)
                .map(passages -> passages.stream()
                        .filter(passage -> passage.text().indexOf(SearchRepository.START) >= 0)
                        .map(passage -> new Highlight(
                                Objects.requireNonNull(byPlace.get(passage.kind() + passage.key())),
                                html(passage.text())))
                        .toList());
    }

    /** Everything but the marks is text, whatever somebody wrote. */
    private static String html(String passage) {
        return HtmlUtils.htmlEscape(passage, "UTF-8")
                .replace(String.valueOf(SearchRepository.START), "<mark>")
                .replace(String.valueOf(SearchRepository.STOP), "</mark>");
    }
}
