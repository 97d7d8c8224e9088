package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How it is answered that a request is refused as a whole, whatever it came to. */
@Component
class RefusedAnswers {
    private static final String SECONDS_TO_WAIT = "1";
    private static final String SECONDS_TO_WAIT_FOR_ISSUER = "5";

    private final Errors errors;

    RefusedAnswers(Errors errors) {
        this.errors = errors;
    }

    /** @param content how the request's body was taken in */
    WireAnswer of(Throwable why, RequestContent content) {
        return switch (why) {
            case TokenRefused token
            when token.cannotTell() ->
                WireAnswer.of(
                        new WireError(Code.SERVICE_UNAVAILABLE, token.sentence(), null, null),
                        Map.of("retry-after", SECONDS_TO_WAIT_FOR_ISSUER));
            case TokenRefused token ->
                WireAnswer.of(
                        new WireError(Code.UNAUTHENTICATED, token.sentence(), null, null),
                        Map.of(
                                "www-authenticate",
                                "Bearer error=\"invalid_token\", error_description=\"" + token.sentence() + "\""));
            case RequestContent.TooLong _ -> content.tooLong();
            default -> of(errors.ofRequest(why));
        };
    }

    private static WireAnswer of(WireError error) {
        return WireAnswer.of(
                error,
                switch (error.code()) {
                    case SERVICE_UNAVAILABLE -> Map.of("retry-after", SECONDS_TO_WAIT);
                    // As clients want it that ask by a hash first; nothing on the way may go on telling them that it is
                    // unknown.
                    case PERSISTED_QUERY_NOT_FOUND -> Map.of("cache-control", "private, no-cache, must-revalidate");
                    default -> Map.of();
                });
    }

    /** What is no request that could be answered. */
    static WireAnswer of(int status, String sentence, Map<String, String> headers) {
        return WireAnswer.of(status, new WireError(Code.BAD_REQUEST, sentence, null, null), headers);
    }
}
