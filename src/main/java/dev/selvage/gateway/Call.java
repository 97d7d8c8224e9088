package dev.selvage.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Who sends a request and how, beside what it asks for.
 *
 * @param app the application that sends it: its token's client id, or else what it calls itself. It says whose documents are
 *     meant, and never what is allowed; null if nobody says
 * @param budgetOwner whose budget it is charged to
 * @param readsOnly whether it came in a way that changes nothing
 * @param reportsCost whether the answer is to say what it cost
 * @param knownTags of the answers that the caller has, as it says them; null if it says none
 */
record Call(
        Caller caller,
        @Nullable String app,
        String budgetOwner,
        Trace trace,
        boolean readsOnly,
        boolean reportsCost,
        @Nullable String knownTags,
        int bodyBytes) {
    /** How a caller whose token names no application says which one it is. */
    private static final String APP = "x-client-id";

    private static final String COST = "x-graphql-cost";
    private static final String REPORT = "report";
    private static final int LONGEST_APP = 256;

    static Call of(Caller caller, HttpServerRequest request, Trace trace, CallerAddresses addresses) {
        var headers = request.requestHeaders();
        var app = caller.client() == null ? named(headers.get(APP)) : caller.client();
        return new Call(
                caller,
                app,
                owner(caller, request, addresses),
                trace,
                request.method().equals(HttpMethod.GET),
                REPORT.equalsIgnoreCase(headers.get(COST)),
                headers.get(HttpHeaderNames.IF_NONE_MATCH),
                0);
    }

    /** The same, with a body of so many bytes. */
    Call withBody(int bytes) {
        return new Call(caller, app, budgetOwner, trace, readsOnly, reportsCost, knownTags, bytes);
    }

    private static @Nullable String named(@Nullable String app) {
        return app == null || app.isBlank() || app.length() > LONGEST_APP ? null : app;
    }

    /** Nobody can choose another one: each is of a checked token, or an address. */
    private static String owner(Caller caller, HttpServerRequest request, CallerAddresses addresses) {
        var user = caller.viewer().userId();
        if (user != null) {
            return "user:" + user;
        }
        return caller.client() == null ? "address:" + addresses.of(request) : "client:" + caller.client();
    }
}
