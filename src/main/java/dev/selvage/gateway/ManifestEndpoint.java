package dev.selvage.gateway;

import dev.selvage.documents.Fault;
import dev.selvage.documents.Manifest;
import dev.selvage.documents.Publication;
import dev.selvage.documents.Publishing;
import dev.selvage.documents.Submission;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** {@code POST /documents?clientId=…&appVersion=…}: publishes what a build has written down in a manifest. */
@Component
class ManifestEndpoint implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final String PATH = "/documents";
    private static final String METHODS = "POST, OPTIONS";

    private final CrossSite crossSite;
    private final RequestContent content;
    private final Callers callers;
    private final Publishing publishing;
    private final RefusedAnswers refused;
    private final RequestMetrics metrics;

    /** @param maxSize of a manifest */
    ManifestEndpoint(
            CrossSite crossSite,
            RequestContent content,
            Callers callers,
            Publishing publishing,
            RefusedAnswers refused,
            RequestMetrics metrics,
            @Value("${gateway.http.max-manifest}") DataSize maxSize) {
        this.crossSite = crossSite;
        this.content = content.upTo(maxSize);
        this.callers = callers;
        this.publishing = publishing;
        this.refused = refused;
        this.metrics = metrics;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        server.addRouteProviders(
                routes -> routes.route(request -> RequestLine.isOf(PATH, request.uri()), this::handle));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        var headers = request.requestHeaders();
        var trace = Trace.of(headers);
        var sender = new AnswerSender(response, trace, AnswerType.JSON, crossSite.answerHeaders(headers));
        return answer(request, sender)
                .onErrorResume(why -> !isGone(why), why -> Mono.just(trace.with(() -> refused.of(why, content))))
                .flatMap(answer ->
                        sender.send(answer.withOneStatus()).doOnSuccess(_ -> metrics.answered(answer.codes())))
                .onErrorResume(ManifestEndpoint::isGone, _ -> Mono.empty());
    }

    private static boolean isGone(Throwable why) {
        return why instanceof AbortedException || AbortedException.isConnectionReset(why);
    }

    private Mono<WireAnswer> answer(HttpServerRequest request, AnswerSender sender) {
        var headers = request.requestHeaders();
        if (!sender.isOfOurSites()) {
            return Mono.just(refused.of(CrossSite.refusal(), content));
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return Mono.just(WireAnswer.empty(
                    204, CrossSite.isPreflight(headers) ? CrossSite.preflightHeaders() : Map.of("allow", METHODS)));
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Mono.just(RefusedAnswers.of(405, "Send a manifest by POST.", Map.of("allow", METHODS)));
        }
        var refusal = content.refusal(headers);
        if (refusal != null) {
            return Mono.just(refusal);
        }
        return callers.of(headers.getAll(HttpHeaderNames.AUTHORIZATION)).flatMap(caller -> {
            var viewer = caller.viewer();
            requireRight(viewer);
            var parameters = RequestReader.parameters(request.uri());
            var clientId = RequestReader.required("clientId", parameters);
            var appVersion = RequestReader.required("appVersion", parameters);
            return content.read(request)
                    .publishOn(Schedulers.boundedElastic())
                    .map(ManifestEndpoint::read)
                    .flatMap(documents -> publishing
                            .publish(viewer, clientId, appVersion, documents)
                            .map(publication -> answer(documents, publication)));
        });
    }

    private static void requireRight(Viewer viewer) {
        if (!viewer.readsAll(Scope.WRITE_DOCUMENTS)) {
            throw viewer.role() == Role.ANONYMOUS
                    ? new Refusal(Code.UNAUTHENTICATED, "This needs a token. Send it as `Authorization: Bearer …`.")
                    : new Refusal(Code.FORBIDDEN, "This needs a token with the scope write:documents.");
        }
    }

    private static List<Submission> read(byte[] body) {
        if (!RequestReader.isUtf8(body)) {
            throw new Refusal(Code.BAD_REQUEST, "The manifest is not written in UTF-8.");
        }
        return Manifest.read(body);
    }

    private static WireAnswer answer(List<Submission> submissions, Publication publication) {
        var whole =
                publication.faults().stream().filter(fault -> fault.place() < 0).findFirst();
        if (whole.isPresent()) {
            return WireAnswer.of(new WireError(code(whole.get()), whole.get().message(), null, null), Map.of());
        }
        return publication.faults().isEmpty()
                ? ManifestAnswer.published(submissions, publication.documents())
                : ManifestAnswer.rejected(submissions, publication.faults());
    }

    private static Code code(Fault fault) {
        return switch (fault.code()) {
            case NOT_FOUND -> Code.NOT_FOUND;
            case FORBIDDEN -> Code.FORBIDDEN;
            default -> Code.BAD_REQUEST;
        };
    }
}
