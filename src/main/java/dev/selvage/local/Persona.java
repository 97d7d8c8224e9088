package dev.selvage.local;

import java.util.Locale;

/** Those users of the demo data who can sign in; {@code db/demo} has the same subjects, addresses and names. */
enum Persona {
    ADMIN("Ada Whitfield"),
    CONSIGNOR("Clara Jensen"),
    CUSTOMER("Theo Marsh");

    private final String fullName;

    Persona(String fullName) {
        this.fullName = fullName;
    }

    String subject() {
        return name().toLowerCase(Locale.ROOT);
    }

    String email() {
        return subject() + "@example.com";
    }

    String fullName() {
        return fullName;
    }
}
