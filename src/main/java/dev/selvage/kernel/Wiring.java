package dev.selvage.kernel;

/** A domain's lines: which Java answers which field of the schema. */
@FunctionalInterface
public interface Wiring {
    void wire(Fields fields);
}
