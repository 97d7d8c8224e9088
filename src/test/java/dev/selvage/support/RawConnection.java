package dev.selvage.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection to the gateway on which a test sends what it wants, HTTP or not, and reads what comes back. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\\s*$");

    /**
     * One answer.
     *
     * @param head the status line and the headers, as they came
     */
    public record RawAnswer(int status, String head, String text) {
        public boolean hasHeader(String line) {
            return head.toLowerCase(Locale.ROOT).contains(line.toLowerCase(Locale.ROOT));
        }

        /** The codes of its errors, each once, in order; none if it is no JSON. */
        public List<String> codes() {
            if (!hasHeader("json") || text.isEmpty()) {
                return List.of();
            }
            return StreamSupport.stream(json().path("errors").spliterator(), false)
                    .map(error -> error.path("extensions").path("code").asString(""))
                    .distinct()
                    .sorted()
                    .toList();
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }
    }

    private final Socket socket = new Socket();
    private final InputStream input;

    private RawConnection(Gateway gateway, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        var address = URI.create(gateway.address());
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream());
    }

    public static RawConnection to(Gateway gateway) throws IOException {
        return new RawConnection(gateway, 0);
    }

    /** One whose system takes this many bytes, or hardly more, before they are read here. */
    public static RawConnection withReceiveBuffer(Gateway gateway, int bytes) throws IOException {
        return new RawConnection(gateway, bytes);
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** The next answer; of one to HEAD there is no body. */
    public RawAnswer answer(boolean hasBody) throws IOException {
        var head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        var length = LENGTH.matcher(head);
        byte[] body = {};
        if (hasBody && status >= 200 && length.find()) {
            body = input.readNBytes(Integer.parseInt(length.group(1)));
        } else if (hasBody && head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            body = chunks();
        }
        return new RawAnswer(status, head, new String(body, UTF_8));
    }

    public RawAnswer answer() throws IOException {
        return answer(true);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            body.writeBytes(input.readNBytes(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        for (var line = line(); !line.isBlank(); line = line()) {
            head.append(line);
        }
        return head.toString();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("The connection ends behind: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1) + "\n";
    }

    /** Whether something comes, or the end, within this time. */
    public boolean hasMoreWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        input.mark(1);
        try {
            if (input.read() >= 0) {
                input.reset();
            }
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Waits for the end, and answers whether it came without another byte; a reset is no end but an error. */
    public boolean isEnded() throws IOException {
        return input.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
