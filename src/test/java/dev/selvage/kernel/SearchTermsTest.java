package dev.selvage.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "wool → 'wool'",
                "red wool → 'red' & 'wool'",
                "\"red wool\" → 'red wool'",
                "\"red wool → 'red wool'",
                "red -wool → 'red' & !'wool'",
                "red -\"wool coat\" → 'red' & !'wool coat'",
                "red or wool → 'red' | 'wool'",
                "red OR wool coat → 'red' | 'wool' & 'coat'",
                "or → ",
                "red or → 'red'",
                "woo* → 'woo':*",
                "-woo* → !'woo':*",
                "red\"wool\"coat → 'red' & 'wool' & 'coat'",
                "o'neill → 'o''neill'",
                "a\\b → 'a\\\\b'",
                "wash-cloth → 'wash-cloth'",
                "-- - -wool → !'wool'",
                "& | ! ( ) : <-> → ",
                "foo:* → 'foo:':*",
                "日本語 → '日本語'"
            })
    void whatPeopleTypeBecomesWordsAndNothingElse(String typed, @Nullable String tsquery) {
        assertThat(SearchTerms.of(typed).tsquery()).isEqualTo(tsquery == null ? "" : tsquery);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "\"", "\"\"", "\t\n", "*", "&|!()", "\uD83E\uDDF5", "\u202E"})
    void textWithoutAWordIsASearchForNothing(String typed) {
        assertThat(SearchTerms.of(typed).isEmpty()).isTrue();
    }

    @Test
    void aSearchThatOnlyLeavesOutSaysSo() {
        assertThat(SearchTerms.of("-red -wool").onlyExcludes()).isTrue();
        assertThat(SearchTerms.of("-red wool").onlyExcludes()).isFalse();
    }

    @Test
    void aSearchHasAtMostFiveHundredCharacters() {
        assertThat(SearchTerms.of("x".repeat(500)).isEmpty()).isFalse();
        assertThatThrownBy(() -> SearchTerms.of("x".repeat(501)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("500");
        assertThatThrownBy(() -> SearchTerms.of("a\0b")).isInstanceOf(Refusal.class);
    }

    @Test
    void onlyAWordByItselfCanBeMisspelled() {
        var terms = SearchTerms.of("jaket \"red wool\" -blue gree* or coat");

        assertThat(terms.words()).containsExactly("jaket", "coat");
        assertThat(terms.replacing(Map.of("jaket", List.of("jacket", "basket"))).tsquery())
                .isEqualTo("('jacket' | 'basket') & 'red wool' & !'blue' & 'gree':* | 'coat'");
    }
}
