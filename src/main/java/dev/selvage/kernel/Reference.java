package dev.selvage.kernel;

/** A record of one of several types, by its key. */
public record Reference(Class<?> record, Object key) {}
