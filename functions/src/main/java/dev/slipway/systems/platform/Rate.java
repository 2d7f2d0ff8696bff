package dev.slipway.systems.platform;

import java.math.BigDecimal;

/**
 * The platform's rate for a currency.
 *
 * @param currency ISO 4217
 * @param rate its rate against the main currency; in which direction is not documented
 */
public record Rate(String currency, BigDecimal rate) {}
