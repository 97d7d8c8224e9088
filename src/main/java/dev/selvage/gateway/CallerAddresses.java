package dev.selvage.gateway;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerRequest;

/** Where requests come from. What a header says of it is believed of proxies that are known, and of nobody else. */
@Component
class CallerAddresses {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    /** A network's part of an address of IPv6; the rest of it is one customer's to choose. */
    private static final int NETWORK_BYTES = 8;

    private final List<InetAddressMatcher> proxies;

    /** @param proxies addresses such as {@code 10.0.0.7} or networks such as {@code 10.0.0.0/8} */
    CallerAddresses(@Value("${gateway.http.trusted-proxies:}") List<String> proxies) {
        this.proxies = proxies.stream()
                .<InetAddressMatcher>map(InetAddressMatchers::fromIpAddress)
                .toList();
    }

    /** The address of whoever sends a request; of IPv6 the network, for a customer has many addresses in it. */
    String of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        if (remote == null || remote.isUnresolved()) {
            // Its connection is gone already.
            return "";
        }
        var from = remote.getAddress();
        return name(isProxy(from) ? forwarded(from, request.requestHeaders().getAll(FORWARDED_FOR)) : from);
    }

    /** The nearest that is none of the proxies: what stands before it, anybody may have written. */
    private InetAddress forwarded(InetAddress from, List<String> headers) {
        var hops = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
        var nearest = from;
        for (var hop : hops.reversed()) {
            var address = parsed(hop);
            if (address == null) {
                return nearest;
            }
            nearest = address;
            if (!isProxy(address)) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.matches(address));
    }

    /** A name is not looked up. */
    private static @Nullable InetAddress parsed(String hop) {
        return NetUtil.createInetAddressFromIpAddressString(withoutPort(hop));
    }

    /** Some proxies write {@code 203.0.113.9:51234}, and {@code [2001:db8::1]:51234}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static String name(InetAddress address) {
        return address instanceof Inet6Address six
                ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
