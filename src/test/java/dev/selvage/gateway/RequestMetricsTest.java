package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.documents.Apps;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the gateway counts of its requests, as an operator reads it. */
class RequestMetricsTest {
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database("metrics"),
                "--management.endpoints.web.exposure.include=health,prometheus",
                "--gateway.budget.free-text.limit=5000",
                "--gateway.budget.free-text.restored-per-second=1");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    private static HttpResponse<String> metrics(Gateway gateway) {
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.address() + "/actuator/prometheus")));
    }

    /** The value of a series; 0 if there is none. */
    private static double value(String series) {
        return metrics(gateway)
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void answersWithErrorsAreCountedByTheirCode() {
        var series = "selvage_errors_total{code=\"GRAPHQL_VALIDATION_FAILED\"}";
        var before = value(series);

        gateway.anonymous().query("{ nothing }");
        gateway.anonymous().query("{ nothing, nobody }");

        assertThat(value(series)).isEqualTo(before + 2);
    }

    @Test
    void errorsOfSingleFieldsAreCountedOnceForTheirAnswer() {
        var series = "selvage_errors_total{code=\"UNAUTHENTICATED\"}";
        var before = value(series);

        gateway.anonymous().query("{ a: consignors { totalCount } b: consignors { totalCount } }");

        assertThat(value(series)).isEqualTo(before + 1);
    }

    @Test
    void requestsAreCountedByHowTheyEnded() {
        var executed = value("selvage_requests_seconds_count{outcome=\"executed\"}");
        var refused = value("selvage_requests_seconds_count{outcome=\"refused\"}");

        gateway.anonymous().query("{ __typename }").ok();
        gateway.anonymous().query("{ nothing }");

        assertThat(value("selvage_requests_seconds_count{outcome=\"executed\"}"))
                .isEqualTo(executed + 1);
        assertThat(value("selvage_requests_seconds_count{outcome=\"refused\"}")).isEqualTo(refused + 1);
    }

    @Test
    void aDocumentThatNobodyPublishedIsARefusalAlthoughItsStatusIs200() {
        var series = "selvage_requests_seconds_count{outcome=\"refused\"}";
        var before = value(series);

        var answer = gateway.anonymous().send("{\"documentId\": \"" + "0".repeat(64) + "\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(value(series)).isEqualTo(before + 1);
    }

    @Test
    void anAnswerThatItsCallerHasAlreadyWasExecutedAllTheSame() {
        var apps = new Apps(gateway);
        var app = apps.app("OPEN");
        var text = "query Kept { __typename }";
        apps.publish(app, "1.0", text);
        var ask = HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql?documentId=" + Apps.sha256(text)))
                .header("authorization", "Bearer " + apps.callerOf(app).token());
        var tag = gateway.send(ask).headers().firstValue("etag").orElseThrow();
        var requests = "selvage_requests_seconds_count{outcome=\"executed\"}";
        var operations = "selvage_operations_seconds_count{client=\"" + app + "\",operation=\"Kept\"}";
        var before = value(requests);

        assertThat(gateway.send(ask.header("if-none-match", tag)).statusCode()).isEqualTo(304);

        assertThat(value(requests)).isEqualTo(before + 1);
        assertThat(value(operations)).isEqualTo(2);
    }

    @Test
    void textsAreOneSeriesWhateverTheyAreCalled() {
        var series = "selvage_operations_seconds_count{client=\"others\",operation=\"free-text\"}";
        var before = value(series);

        gateway.anonymous().query("query CalledByItsCaller { __typename }").ok();

        assertThat(value(series)).isEqualTo(before + 1);
        assertThat(metrics(gateway).body()).doesNotContain("CalledByItsCaller");
    }

    @Test
    void documentsThatAreKnownAreCounted() {
        var series = "cache_gets_total{cache=\"documents\",result=\"hit\"}";
        gateway.anonymous().query("{ known: __typename }").ok();
        var before = value(series);

        gateway.anonymous().query("{ known: __typename }").ok();

        assertThat(value(series)).isEqualTo(before + 1);
    }

    @Test
    void nobodyReadsThemUnlessTheyAreExposed() {
        assertThat(metrics(Gateway.running()).statusCode()).isEqualTo(404);
    }
}
