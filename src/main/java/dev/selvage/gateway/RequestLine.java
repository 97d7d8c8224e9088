package dev.selvage.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;

/** What RFC 9112 asks of a request's first line and its {@code Host}, and the codec leaves to others. */
final class RequestLine {
    private RequestLine() {}

    /** Whether the request is one; if its address is a whole one, it becomes that of a host's (RFC 9112, 3.2.2). */
    static boolean isGood(HttpRequest request) {
        var version = request.protocolVersion();
        boolean isNewer = version.equals(HttpVersion.HTTP_1_1);
        if (!isNewer && !version.equals(HttpVersion.HTTP_1_0)) {
            return false;
        }
        var hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
        if (hosts.hasNext()) {
            hosts.next();
            // Of two hosts whoever stands in between may have read the other.
            if (hosts.hasNext()) {
                return false;
            }
        } else if (isNewer) {
            return false;
        }
        var uri = request.uri();
        return uri.startsWith("/") || uri.equals("*") || !uri.contains("://") || isReduced(request, uri);
    }

    private static boolean isReduced(HttpRequest request, String address) {
        int host = address.indexOf("://") + 3;
        int path = address.indexOf('/', host);
        var authority = path < 0 ? address.substring(host) : address.substring(host, path);
        if (authority.isEmpty() || !address.regionMatches(true, 0, "http", 0, 4)) {
            return false;
        }
        request.setUri(path < 0 ? "/" : address.substring(path));
        request.headers().set(HttpHeaderNames.HOST, authority);
        return true;
    }

    /** Whether the address is that of this path, be it with parameters. */
    static boolean isOf(String path, String uri) {
        return uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
    }

    /** Whether the path and what follows it can be read. */
    static boolean isAddress(String uri) {
        try {
            return new URI(uri).getRawPath() != null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
