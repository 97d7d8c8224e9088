package dev.selvage.local;

/** A request for a token that cannot be met. */
final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String sentence;

    /**
     * @param error a word of RFC 6749, section 5.2
     * @param sentence what to do, without double quotes and backslashes, which that section does not allow
     */
    TokenRefused(String error, String sentence) {
        super(sentence, null, false, false);
        this.error = error;
        this.sentence = sentence;
    }

    /** A parameter is missing, unknown, or not what it should be. */
    TokenRefused(String sentence) {
        this("invalid_request", sentence);
    }

    String error() {
        return error;
    }

    String sentence() {
        return sentence;
    }
}
