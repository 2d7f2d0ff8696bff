package dev.slipway.systems.platform;

import java.math.BigDecimal;

/**
 * A tier of a tariff.
 *
 * @param from the amount from which on it holds
 * @param price the price of one unit, in the platform's main currency
 */
public record PriceTier(BigDecimal from, BigDecimal price) {

  /** Whether both are equal, however many zeros their decimals end in. */
  public boolean sameAs(PriceTier other) {
    return from.compareTo(other.from) == 0 && price.compareTo(other.price) == 0;
  }

  @Override
  public String toString() {
    return "from " + from.toPlainString() + ": " + price.toPlainString();
  }
}
