package dev.selvage.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Redis, if it is installed: on a port of its own, keeping nothing on disk. */
public final class TestRedis {
    private static final Path SERVER = Path.of("/usr/bin/redis-server");

    private final int port = TestPostgres.freePort();
    private Process server;

    public TestRedis() {
        server = started(port);
    }

    public static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    private static Process started(int port) {
        try {
            return new ProcessBuilder(List.of(
                            SERVER.toString(),
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** From one moment to the next, and with it all that it knew. */
    public void stop() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    /** Answers nobody for as long, and does what it was sent afterwards. */
    public void pause(Duration time) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("CLIENT PAUSE " + time.toMillis() + " ALL\r\n").getBytes(StandardCharsets.US_ASCII));
            // "+OK": it has begun.
            socket.getInputStream().readNBytes(3);
        }
    }

    /** Where it was before. */
    public void startAgain() {
        server = started(port);
    }
}
