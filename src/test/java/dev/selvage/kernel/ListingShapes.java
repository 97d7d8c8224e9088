package dev.selvage.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The statements that a {@link Listing} can become, for tests of other packages. */
public final class ListingShapes {
    /** Where counts stop: the schema's default. */
    public static final int COUNTED = 10_000;

    /**
     * A statement that a viewer can cause.
     *
     * @param name says how
     */
    public record Shape(String name, Viewer viewer, Statement statement) {
        public boolean counts() {
            return name.startsWith("count of ");
        }

        /** Whether it counts what holds some words: frequent ones are met soonest from the table's start. */
        public boolean countsWords() {
            return counts() && name.contains(", search ");
        }

        /** Whether only a run tells which of its places are read. */
        public boolean choosesWhenItRuns() {
            return statement.text().contains("range_is_narrow");
        }

        /** The text as it is sent. */
        public String text() {
            return viewer.role().statementPrefix() + statement.text();
        }
    }

    /** Some value of one filter, or of none. */
    public record Sample(String name, List<Filter.Condition> conditions) {}

    /** A page's first or last row; the key is of the sort's type. */
    public record Place(Object sortKey, Object id) {}

    private record Bounds(String name, Cursors.@Nullable Position after, Cursors.@Nullable Position before) {}

    private static final int PAGE = 20;

    private final Listing<?> listing;

    public ListingShapes(Listing<?> listing) {
        this.listing = listing;
    }

    public String name() {
        return listing.name();
    }

    public Set<String> filters() {
        return listing.filters().keySet();
    }

    /** The column that a filter compares, told from what it makes of some argument. */
    public String column(String filter, Object argument) {
        return switch (filter(filter).of(argument).getFirst()) {
            case Filter.Holds holds ->
                holds.ranged() != null
                        ? holds.ranged()
                        : holds.text().substring(0, holds.text().indexOf(' '));
            case Filter.AnyOf anyOf -> anyOf.column();
            case Filter.Words _ -> "search";
        };
    }

    /** Whether a filter takes this id for one of its type. */
    public boolean takes(String filter, String id) {
        return !filter(filter).of(id).contains(Filter.NEVER);
    }

    private Filter filter(String name) {
        return Objects.requireNonNull(listing.filters().get(name), name);
    }

    public Set<String> sorts() {
        return listing.sorts().keySet();
    }

    public Class<?> sortType(String sort) {
        return key(sort).type();
    }

    /**
     * No filter, and then each filter alone with each of these values; words also where it is known how frequent they are.
     *
     * @param answer of the database to an expression
     */
    public List<Sample> samples(Map<String, List<Object>> values, Predicate<String> answer) {
        var samples = new ArrayList<>(List.of(new Sample("all", PageRequest.conditions(listing, null))));
        values.forEach((field, arguments) -> arguments.forEach(argument -> {
            var sample = new Sample(field + " " + argument, PageRequest.conditions(listing, Map.of(field, argument)));
            samples.add(sample);
            var request = request(sample, sorts().iterator().next(), false, false, new Bounds("", null, null));
            var words = request.words();
            if (words != null) {
                var text = "'" + words.tsquery().replace("'", "''") + "'";
                boolean frequent =
                        answer.test(Objects.requireNonNull(listing.search()).isFrequent(text));
                samples.add(new Sample(
                        sample.name() + (frequent ? ", known to be frequent" : ", known to be rare"),
                        request.knowing(frequent).conditions()));
            }
        }));
        return samples;
    }

    /**
     * Every statement of the list for this viewer: each text once.
     *
     * @param root whether it is a root field too
     * @param parents keys by the SQL that says which rows are theirs
     */
    public List<Shape> all(Viewer viewer, List<Sample> samples, boolean root, Map<String, Object[]> parents) {
        Map<String, Shape> byText = new LinkedHashMap<>();
        for (var sample : samples) {
            for (var sort : sorts()) {
                for (var bounds : bounds(sort)) {
                    for (int way = 0; way < 4; way++) {
                        var request = request(sample, sort, way % 2 == 1, way / 2 == 1, bounds);
                        pages(
                                        viewer,
                                        request,
                                        root,
                                        parents,
                                        sort + direction(request) + bounds.name() + ", " + sample.name())
                                .forEach(shape -> byText.putIfAbsent(shape.text(), shape));
                    }
                }
            }
            counts(viewer, sample, root, parents).forEach(shape -> byText.putIfAbsent(shape.text(), shape));
        }
        return List.copyOf(byText.values());
    }

    /** The first pages in every order. */
    public List<Shape> firstPages(Viewer viewer, List<Sample> samples, boolean root, Map<String, Object[]> parents) {
        var shapes = new ArrayList<Shape>();
        for (var sample : samples) {
            for (var sort : sorts()) {
                for (var descending : List.of(false, true)) {
                    var request = request(sample, sort, descending, false, new Bounds("", null, null));
                    shapes.addAll(
                            pages(viewer, request, root, parents, sort + direction(request) + ", " + sample.name()));
                }
            }
        }
        return shapes;
    }

    /** The rows of the whole list that follow a place, up to so many and one more. */
    public Shape page(
            Viewer viewer, String sort, boolean descending, boolean backward, int size, @Nullable Place from) {
        var position = from == null ? null : new Cursors.Position(from.sortKey(), from.id());
        var request = new PageRequest(
                PageRequest.conditions(listing, null),
                key(sort),
                descending,
                size,
                backward,
                backward ? null : position,
                backward ? position : null);
        return new Shape(name() + " by " + sort + direction(request), viewer, listing.page(viewer, request));
    }

    private List<Shape> pages(
            Viewer viewer, PageRequest request, boolean root, Map<String, Object[]> parents, String name) {
        var shapes = new ArrayList<Shape>();
        if (root) {
            shapes.add(new Shape(name() + " by " + name, viewer, listing.page(viewer, request)));
        }
        parents.forEach((column, keys) -> shapes.add(new Shape(
                name() + " below " + column + " by " + name,
                viewer,
                listing.pageBelow(viewer, request, column, keys))));
        return shapes;
    }

    private List<Shape> counts(Viewer viewer, Sample sample, boolean root, Map<String, Object[]> parents) {
        var request = request(sample, sorts().iterator().next(), false, false, new Bounds("", null, null));
        var shapes = new ArrayList<Shape>();
        if (root) {
            var count = listing.count(viewer, request, COUNTED);
            shapes.add(new Shape("count of " + name() + ", " + sample.name(), viewer, count));
        }
        parents.forEach((column, keys) -> shapes.add(new Shape(
                "count of " + name() + " below " + column + ", " + sample.name(),
                viewer,
                listing.countBelow(viewer, request, COUNTED, column, keys))));
        return shapes;
    }

    private PageRequest request(Sample sample, String sort, boolean descending, boolean backward, Bounds bounds) {
        return new PageRequest(
                sample.conditions(), key(sort), descending, PAGE, backward, bounds.after(), bounds.before());
    }

    private List<Bounds> bounds(String sort) {
        var one = new Cursors.Position(someKey(key(sort).type(), 0), someId(1));
        var other = new Cursors.Position(someKey(key(sort).type(), 1), someId(1000));
        return List.of(
                new Bounds("", null, null),
                new Bounds(" after", one, null),
                new Bounds(" before", null, other),
                new Bounds(" after and before", one, other));
    }

    private static Object someKey(Class<?> type, int place) {
        if (type == Instant.class) {
            return Instant.parse("2025-06-01T00:00:00Z").plusSeconds(86_400L * place);
        }
        if (type == String.class) {
            return "m" + place;
        }
        if (type == LocalDate.class) {
            return LocalDate.parse("2025-06-01").plusDays(place);
        }
        int number = 1000 + place;
        return type == Integer.class ? (Object) number : (Object) (long) number;
    }

    private Object someId(long id) {
        return listing.keyType() == UUID.class ? new UUID(0x0197_0000_0001_7000L, id) : id;
    }

    private SortKey key(String sort) {
        return listing.sort(Map.of("field", sort)).key();
    }

    private static String direction(PageRequest request) {
        return (request.descending() ? " descending" : " ascending") + (request.backward() ? " from the end" : "");
    }
}
