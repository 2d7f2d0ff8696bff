package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.systems.platform.Rate;
import dev.slipway.systems.rates.EuroRates;
import dev.slipway.task.UnmetRequirement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the platform's rates with those of the day. The direction in which the platform quotes
 * is not documented; it is the same for all currencies, so the direction that fits better is taken.
 */
final class RateComparison {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<String, BigDecimal> deviations;
  private final boolean inverse;
  private final List<String> unquoted;

  RateComparison(String main, List<Rate> platform, EuroRates independent) {
    List<Rate> others = platform.stream().filter(rate -> !rate.currency().equals(main)).toList();
    Map<String, BigDecimal> direct = new LinkedHashMap<>();
    Map<String, BigDecimal> inverted = new LinkedHashMap<>();
    for (Rate rate : others) {
      Optional<BigDecimal> expected = independent.rate(main, rate.currency());
      expected.ifPresent(
          value -> {
            direct.put(rate.currency(), percent(rate.rate(), value));
            inverted.put(
                rate.currency(),
                percent(rate.rate(), BigDecimal.ONE.divide(value, MathContext.DECIMAL64)));
          });
    }
    this.inverse = worst(inverted).compareTo(worst(direct)) < 0;
    this.deviations = inverse ? inverted : direct;
    this.unquoted =
        others.stream().map(Rate::currency).filter(code -> !direct.containsKey(code)).toList();
  }

  /** Whether there was nothing that both quote. */
  boolean empty() {
    return deviations.isEmpty();
  }

  /** The comparison's result, in words. */
  String within(BigDecimal tolerance) {
    List<String> beyond =
        deviations.entrySet().stream()
            .filter(entry -> entry.getValue().compareTo(tolerance) > 0)
            .map(entry -> entry.getKey() + " by " + entry.getValue().toPlainString() + " %")
            .toList();
    if (!beyond.isEmpty()) {
      throw new UnmetRequirement(
          "currency.rates-differ",
          "platform",
          "currency.tolerancePercent",
          "These rates of the platform differ by more than "
              + tolerance.toPlainString()
              + " %: "
              + String.join(", ", beyond)
              + ".",
          "Have the platform's rates updated (see where it takes them from), or state a wider"
              + " tolerance.");
    }
    return deviations.size()
        + " rate(s) compared"
        + (inverse ? ", quoted as main currency per unit" : "")
        + ", the largest difference "
        + worst(deviations).toPlainString()
        + " %, allowed "
        + tolerance.toPlainString()
        + " %"
        + (unquoted.isEmpty() ? "" : "; not quoted there: " + String.join(", ", unquoted));
  }

  private static BigDecimal percent(BigDecimal actual, BigDecimal expected) {
    return actual
        .subtract(expected)
        .abs()
        .multiply(HUNDRED)
        .divide(expected, MathContext.DECIMAL64)
        .setScale(3, RoundingMode.HALF_UP);
  }

  private static BigDecimal worst(Map<String, BigDecimal> deviations) {
    return deviations.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
  }
}
