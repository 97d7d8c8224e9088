package dev.selvage.kernel;

import java.math.BigDecimal;

/** An amount in the deployment's one currency, with two decimals. */
public record Money(BigDecimal amount) {}
