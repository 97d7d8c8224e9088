package dev.selvage.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Something hostile, and what it is to be answered: one entry of {@code attacks/*.txt}, as the README beside them says.
 *
 * @param parts in order, each a key and what stands behind it
 */
record Attack(String category, String name, List<Part> parts) {
    record Part(String key, String value) {}

    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9A-F]{2})");
    private static final String LINE = "\r\n";

    static List<Attack> all() throws IOException {
        var attacks = new ArrayList<Attack>();
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:attacks/*.txt")) {
            attacks.addAll(read(file));
        }
        return attacks;
    }

    private static List<Attack> read(Resource file) throws IOException {
        var category = Objects.requireNonNull(file.getFilename()).replace(".txt", "");
        return Arrays.stream(file.getContentAsString(UTF_8).split("(?m)^== ", -1))
                .skip(1)
                .map(entry -> {
                    var lines = entry.split("\n", 2);
                    return new Attack(category, lines[0], parts(lines[1]));
                })
                .toList();
    }

    /** A part goes on in lines that begin with two spaces, and in empty ones before the next part. */
    private static List<Part> parts(String text) {
        var parts = new ArrayList<Part>();
        for (var part : text.split("\n(?=[a-z-]+:)", -1)) {
            var keyAndValue = part.split(":", 2);
            parts.add(new Part(
                    keyAndValue[0], keyAndValue[1].replaceFirst("^ ", "").replace("\n  ", "\n")));
        }
        // The empty lines behind the last one are between two entries.
        var last = parts.removeLast();
        parts.add(new Part(last.key(), last.value().strip()));
        return parts;
    }

    /** The answers in order, such as {@code 400 BAD_REQUEST}; last {@code closed} if the connection is to be. */
    List<String> expected() {
        return all("expect").stream()
                .flatMap(line -> {
                    var times = line.split(" \\* ", -1);
                    return times.length == 1
                            ? List.of(line).stream()
                            : IntStream.range(0, Integer.parseInt(times[1])).mapToObj(_ -> times[0]);
                })
                .toList();
    }

    List<String> all(String key) {
        return parts.stream()
                .filter(part -> part.key().equals(key))
                .map(Part::value)
                .toList();
    }

    boolean isHead() {
        return all("raw").stream().anyMatch(raw -> raw.startsWith("HEAD "));
    }

    /**
     * What is sent.
     *
     * @param names what stands for each {@code {{name}}}
     */
    byte[] request(Map<String, String> names) {
        var bytes = all("bytes");
        if (!bytes.isEmpty()) {
            return bytes(bytes.getFirst(), names);
        }
        var raw = all("raw");
        return raw.isEmpty() ? ordinary(names) : withLength(bytes(ended(raw.getFirst()), names));
    }

    /** Lines end as HTTP's do; the last one of a body only if an empty one follows. */
    private static String ended(String raw) {
        var text = raw.replace("\n", LINE);
        if (!text.contains(LINE + LINE) && !text.endsWith(LINE)) {
            return text + LINE + LINE;
        }
        return text.endsWith(LINE) ? text + LINE : text;
    }

    private static byte[] withLength(byte[] request) {
        var text = new String(request, ISO_8859_1);
        int body = text.indexOf(LINE + LINE) + 4;
        return text.replace("{{length}}", String.valueOf(text.length() - body)).getBytes(ISO_8859_1);
    }

    private byte[] ordinary(Map<String, String> names) {
        var headers = new ArrayList<>(all("header"));
        addUnlessThere(headers, "Host: {{host}}");
        addUnlessThere(headers, "Accept: application/graphql-response+json");
        all("as").forEach(who -> headers.add("Authorization: Bearer {{" + who + "Token}}"));
        var address = all("address");
        var out = new ByteArrayOutputStream();
        byte[] body = {};
        if (address.isEmpty()) {
            body = body(names);
            addUnlessThere(headers, "Content-Type: application/json");
            headers.add("Content-Length: " + body.length);
        }
        var line = address.isEmpty() ? "POST /graphql" : "GET " + address.getFirst();
        out.writeBytes(bytes(
                line + " HTTP/1.1" + LINE + headers.stream().collect(joining(LINE, "", LINE + LINE)), names));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static void addUnlessThere(List<String> headers, String header) {
        var name = header.substring(0, header.indexOf(':') + 1);
        if (headers.stream().noneMatch(other -> other.regionMatches(true, 0, name, 0, name.length()))) {
            headers.addFirst(header);
        }
    }

    private byte[] body(Map<String, String> names) {
        var json = all("json");
        if (!json.isEmpty()) {
            return bytes(json.getFirst(), names);
        }
        var query = new String(bytes(all("query").getFirst(), names), ISO_8859_1);
        var quoted = "\"" + query.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        var variables = all("variables").stream()
                .map(text -> ", \"variables\": " + new String(bytes(text, names), ISO_8859_1))
                .collect(joining());
        return ("{\"query\": " + quoted + variables + "}").getBytes(ISO_8859_1);
    }

    private static byte[] bytes(String text, Map<String, String> names) {
        var all = repeated(text);
        for (var name : names.entrySet()) {
            all = all.replace("{{" + name.getKey() + "}}", name.getValue());
        }
        var out = new ByteArrayOutputStream();
        var escapes = BYTE.matcher(all);
        int from = 0;
        try {
            while (escapes.find()) {
                out.write(all.substring(from, escapes.start()).getBytes(UTF_8));
                out.write(Integer.parseInt(escapes.group(1), 16));
                from = escapes.end();
            }
            out.write(all.substring(from).getBytes(UTF_8));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return out.toByteArray();
    }

    /** What stands as {@code <<text * 3>>}, in {@code text} the number of each repetition; the innermost first. */
    private static String repeated(String text) {
        var all = new StringBuilder(text);
        for (int open = all.lastIndexOf("<<"); open >= 0; open = all.lastIndexOf("<<", open)) {
            int close = all.indexOf(">>", open);
            int times = all.lastIndexOf(" * ", close);
            var unit = all.substring(open + 2, times);
            var units = IntStream.range(0, Integer.parseInt(all.substring(times + 3, close)))
                    .mapToObj(i -> unit.contains("{{i")
                            ? unit.replace("{{i}}", String.valueOf(i)).replace("{{i+1}}", String.valueOf(i + 1))
                            : unit)
                    .collect(joining());
            all.replace(open, close + 2, units);
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return category + ": " + name;
    }
}
