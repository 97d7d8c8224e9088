package dev.selvage;

/**
 * Something that callers relied on and that is no longer so.
 *
 * @param coordinate what it is about, as the GraphQL specification writes it: {@code Event}, {@code Event.name},
 *     {@code Query.events(filter:)}, {@code @auth(scope:)}; and for what has no coordinate the schema's own words:
 *     {@code Event implements Node}, {@code SearchHit = Event}, {@code @auth on OBJECT}
 * @param what what happened, in words that go on after the coordinate
 */
record BreakingChange(String coordinate, String what) {
    @Override
    public String toString() {
        return coordinate + " " + what;
    }
}
