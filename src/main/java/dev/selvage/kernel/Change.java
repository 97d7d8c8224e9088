package dev.selvage.kernel;

/**
 * One of many changes that are made together.
 *
 * @param input with the record's id and version
 * @param given a text that goes with it
 */
public record Change(Input input, Rule rule, String given) {}
