package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a request that failed is found by in the log, and what the log keeps to itself. */
@ExtendWith(OutputCaptureExtension.class)
class TraceTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String EVENTS =
            "query ($named: String) { events(filter: { search: $named }) { nodes { id } } }";

    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database("traces"),
                "--logging.pattern.console=%X{requestId:-} %X{traceId:-} %m%n%ex");
        // The gateway's own fault, whatever is asked.
        gateway.database().execute("selvage_owner", "REVOKE SELECT ON events FROM selvage_anonymous");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    private static void fail(String requestId, String parent) {
        var answer = gateway.anonymous()
                .with("x-request-id", requestId)
                .with("traceparent", parent)
                .query(EVENTS, Map.of("named", "clara.jensen"));

        assertThat(answer.errorCodes()).containsExactly("INTERNAL_SERVER_ERROR");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(requestId);
    }

    @Test
    void itIsFoundByTheRequestAndByTheTraceThatItIsPartOf(CapturedOutput log) {
        fail("request-of-the-test", "00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(log).contains("request-of-the-test " + TRACE + " A request ends with INTERNAL_SERVER_ERROR");
    }

    @Test
    void whatIsNoTraceIsLeftOut(CapturedOutput log) {
        fail("request-without-one", "00-" + TRACE.toUpperCase(Locale.ROOT) + "-b7ad6b7169203331-01");

        assertThat(log).contains("request-without-one  A request ends");
    }

    @Test
    void whatWasSentInVariablesIsNotWrittenDown(CapturedOutput log) {
        fail("request-with-a-name", "00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(log).contains("request-with-a-name").doesNotContain("clara.jensen");
    }
}
