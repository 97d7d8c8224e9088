package dev.selvage.execution;

import java.util.Locale;

/** What there may be only so much of in one document. */
public enum DocumentLimit {
    CHARACTERS("has at most %,d characters", "Send long values as variables."),
    TOKENS(
            "has at most %,d tokens, such as names and brackets",
            "Send long lists as variables, or ask for less at once."),
    DEPTH("is at most %,d fields deep", "Ask for what lies deeper by its id, in a request of its own."),
    NESTING("is nested at most %,d deep, fragments counted", "Ask for it with fewer levels."),
    ALIASES("has at most %,d aliases", "Ask for less at once, or give lists of ids where the schema takes them."),
    ROOT_FIELDS("asks for at most %,d root fields in one operation", "Ask for less at once."),
    DIRECTIVES("has at most %,d directives", "Leave some of them out."),
    FRAGMENTS("has at most %,d fragments", "Join some of them, or ask for less at once."),
    FIELDS("has at most %,d fields once its fragments are spread", "Ask for less at once.");

    private final String rule;
    private final String advice;

    DocumentLimit(String rule, String advice) {
        this.rule = rule;
        this.advice = advice;
    }

    /** As metrics name it, such as {@code root_fields}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param found how much of it there is, or the first that is too much where nobody counts on */
    String sentence(int bound, int found) {
        return String.format(Locale.ROOT, "A document " + rule + ", and this one %s. %s", bound, found(found), advice);
    }

    private String found(int found) {
        if (found == Integer.MAX_VALUE) {
            return "far more";
        }
        return String.format(Locale.ROOT, isCountedToItsEnd() ? "%,d" : "at least %,d", found);
    }

    private boolean isCountedToItsEnd() {
        return switch (this) {
            case TOKENS, DEPTH, NESTING -> false;
            default -> true;
        };
    }
}
