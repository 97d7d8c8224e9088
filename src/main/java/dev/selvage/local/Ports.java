package dev.selvage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** TCP ports of this machine. */
final class Ports {
    private static final int LAST = 65_535;

    private Ports() {}

    /** Whether nobody listens on it, at any address. */
    static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** The first free port from this one on. */
    static int freeFrom(int port) {
        return IntStream.rangeClosed(port, LAST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseGet(Ports::anyFree);
    }

    static int anyFree() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
