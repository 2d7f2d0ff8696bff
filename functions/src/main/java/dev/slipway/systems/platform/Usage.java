package dev.slipway.systems.platform;

import java.math.BigDecimal;

/**
 * The usage of one environment in one hour.
 *
 * @param environment its name, as far as the platform names it; empty otherwise
 * @param cost in the platform's main currency
 */
public record Usage(String environment, BigDecimal cost) {}
