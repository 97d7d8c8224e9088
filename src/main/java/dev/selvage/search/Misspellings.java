package dev.selvage.search;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The words that somebody may have meant who typed this one: with one letter more, one less, another one, or two neighbours
 * swapped. Which of them are words at all is for the search index to say.
 */
final class Misspellings {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    /** Of shorter words nearly every other short word is a misspelling. */
    private static final int MIN_LENGTH = 4;

    private static final int MAX_LENGTH = 24;

    private Misspellings() {}

    /** Some fifty for each letter of the word; none for a word that is too short or too long to guess. */
    static Set<String> of(String typed) {
        var word = typed.toLowerCase(Locale.ROOT);
        var meant = new LinkedHashSet<String>();
        if (word.length() < MIN_LENGTH || word.length() > MAX_LENGTH) {
            return meant;
        }
        for (int i = 0; i <= word.length(); i++) {
            var before = word.substring(0, i);
            var after = word.substring(i);
            if (!after.isEmpty()) {
                meant.add(before + after.substring(1));
            }
            if (after.length() > 1) {
                meant.add(before + after.charAt(1) + after.charAt(0) + after.substring(2));
            }
            for (int letter = 0; letter < LETTERS.length(); letter++) {
                meant.add(before + LETTERS.charAt(letter) + after);
                if (!after.isEmpty()) {
                    meant.add(before + LETTERS.charAt(letter) + after.substring(1));
                }
            }
        }
        meant.remove(word);
        return meant;
    }
}
