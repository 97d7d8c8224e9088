package dev.selvage.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingsTest {
    @Test
    void aWordMayHaveBeenMeantThatDiffersByOneLetterOrByTwoNeighbours() {
        assertThat(Misspellings.of("jaket"))
                .contains("jacket", "baket", "jake", "jaekt", "jakets")
                .doesNotContain("jaket");
        assertThat(Misspellings.of("JAKET")).isEqualTo(Misspellings.of("jaket"));
    }

    @Test
    void ofAWordOfNLettersThereAreAtMostFiftyFourTimesNAndFiftyTwo() {
        assertThat(Misspellings.of("brocade")).hasSizeLessThan(54 * 7 + 52).hasSizeGreaterThan(50 * 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "red", "abcdefghijklmnopqrstuvwxy"})
    void wordsTooShortOrTooLongAreNotGuessedAt(String word) {
        assertThat(Misspellings.of(word)).isEmpty();
    }
}
