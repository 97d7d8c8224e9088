package dev.selvage.kernel;

import java.time.Instant;

/** From {@code start}, inclusive, to {@code end}, exclusive. */
public record TimeWindow(Instant start, Instant end) {}
