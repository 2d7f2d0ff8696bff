package dev.slipway.systems.rates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Reference rates of one day.
 *
 * @param day the day
 * @param perEuro currency to how much of it one euro is; the euro itself included
 */
public record EuroRates(LocalDate day, Map<String, BigDecimal> perEuro) {

  public EuroRates {
    perEuro = Map.copyOf(perEuro);
  }

  /** How much of a currency one unit of another is; empty if either is not quoted. */
  public Optional<BigDecimal> rate(String from, String to) {
    BigDecimal base = perEuro.get(from);
    BigDecimal wanted = perEuro.get(to);
    return base == null || wanted == null
        ? Optional.empty()
        : Optional.of(wanted.divide(base, MathContext.DECIMAL64));
  }
}
