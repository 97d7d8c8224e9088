package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody typed into a search box, as PostgreSQL's {@code to_tsquery} reads it: all words must occur, {@code "a phrase"}
 * as it stands, {@code -this} not, {@code this or that} one of both, {@code begin*} any word that begins so. Nothing else has
 * a meaning: every word is quoted, so that no text is ever an error.
 */
public final class SearchTerms {
    /** Characters of a search. */
    public static final int MAX_LENGTH = 500;

    /**
     * One of them.
     *
     * @param alternatives the word or phrase, and what else will do
     * @param or whether it stands for the one before it, and not beside it
     */
    private record Term(List<String> alternatives, boolean phrase, boolean prefix, boolean without, boolean or) {
        String tsquery() {
            var text = alternatives.stream()
                    .map(alternative -> quoted(alternative) + (prefix ? ":*" : ""))
                    .collect(Collectors.joining(" | "));
            return (without ? "!" : "") + (alternatives.size() == 1 ? text : "(" + text + ")");
        }

        private static String quoted(String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
        }

        /** A word by itself, in which a letter may be wrong. */
        boolean isWord() {
            return !phrase && !prefix && !without && alternatives.size() == 1;
        }
    }

    private final List<Term> terms;

    private SearchTerms(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** @throws Refusal for text that is too long, or that PostgreSQL cannot hold */
    public static SearchTerms of(String typed) {
        if (typed.length() > MAX_LENGTH) {
            throw Refusal.badInput("A search has at most " + MAX_LENGTH + " characters.");
        }
        return new SearchTerms(new Reader(Filter.checked(typed)).read());
    }

    /** Whether there is nothing to search for. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** Whether all it says is what must not occur. */
    public boolean onlyExcludes() {
        return terms.stream().allMatch(Term::without);
    }

    /** For {@code to_tsquery}, with any configuration. */
    public String tsquery() {
        var text = new StringBuilder();
        for (var term : terms) {
            if (!text.isEmpty()) {
                text.append(term.or() ? " | " : " & ");
            }
            text.append(term.tsquery());
        }
        return text.toString();
    }

    /** The words in which a letter may be wrong. */
    public Set<String> words() {
        return terms.stream()
                .filter(Term::isWord)
                .map(term -> term.alternatives().getFirst())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The same search with other words for these. */
    public SearchTerms replacing(Map<String, ? extends Collection<String>> words) {
        return new SearchTerms(terms.stream()
                .map(term -> {
                    var instead = term.isWord() ? words.get(term.alternatives().getFirst()) : null;
                    return instead == null || instead.isEmpty()
                            ? term
                            : new Term(List.copyOf(instead), false, false, false, term.or());
                })
                .toList());
    }

    private static final class Reader {
        private final String typed;
        private final List<Term> terms = new ArrayList<>();
        private int at;
        private boolean or;

        Reader(String typed) {
            this.typed = typed;
        }

        List<Term> read() {
            while (skipSpace()) {
                boolean without = typed.charAt(at) == '-';
                if (without) {
                    at++;
                }
                if (at < typed.length() && typed.charAt(at) == '"') {
                    at++;
                    add(until(true), true, without);
                    at++;
                } else {
                    add(until(false), false, without);
                }
            }
            return terms;
        }

        private boolean skipSpace() {
            while (at < typed.length() && isSpace(typed.charAt(at))) {
                at++;
            }
            return at < typed.length();
        }

        private String until(boolean quote) {
            int start = at;
            while (at < typed.length() && typed.charAt(at) != '"' && (quote || !isSpace(typed.charAt(at)))) {
                at++;
            }
            return typed.substring(start, at);
        }

        private void add(String text, boolean phrase, boolean without) {
            if (!phrase && !without && text.equalsIgnoreCase("or")) {
                or = !terms.isEmpty();
                return;
            }
            boolean prefix = !phrase && text.endsWith("*");
            var word = prefix ? text.substring(0, text.length() - 1) : text;
            // Marks alone are no word, and PostgreSQL would say so of each of them.
            if (word.codePoints().anyMatch(Character::isLetterOrDigit)) {
                terms.add(new Term(List.of(word), phrase, prefix, without, or));
            }
            or = false;
        }

        private static boolean isSpace(char character) {
            return Character.isWhitespace(character) || Character.isSpaceChar(character);
        }
    }
}
