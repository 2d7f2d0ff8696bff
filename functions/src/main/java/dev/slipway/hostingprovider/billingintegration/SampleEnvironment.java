package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.platform.PriceTier;
import dev.slipway.systems.platform.Tariff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/**
 * An environment whose price is worked out: cloudlets, disk and public addresses by the hour,
 * traffic by the gigabyte. Nothing is rounded before the sum, which is rounded half up to the
 * currency's smallest coin.
 */
final class SampleEnvironment {
  private final JsonNode sample;

  SampleEnvironment(JsonNode sample) {
    this.sample = sample;
  }

  /** The model by which it is charged. */
  String model() {
    return sample.path("model").asText();
  }

  /** The price that the hoster expects. */
  BigDecimal expected() {
    return new BigDecimal(sample.path("expected").asText());
  }

  /**
   * Its price by these tariffs.
   *
   * @param currency ISO 4217
   */
  BigDecimal price(List<Tariff> tariffs, String currency) {
    BigDecimal hours = BigDecimal.valueOf(sample.path("hours").asLong());
    BigDecimal sum = BigDecimal.ZERO;
    for (Tariff tariff : tariffs) {
      BigDecimal price = graduated(tariff.tiers(), amount(tariff.type()));
      sum = sum.add(tariff.type().equals("traffic") ? price : price.multiply(hours));
    }
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return sum.setScale(digits, RoundingMode.HALF_UP);
  }

  private BigDecimal amount(String type) {
    String field =
        switch (type) {
          case "reserved-cloudlets" -> "reservedCloudlets";
          case "dynamic-cloudlets" -> "dynamicCloudlets";
          case "disk" -> "diskGb";
          case "traffic" -> "trafficGb";
          case "external-ip" -> "publicIps";
          default -> throw new IllegalArgumentException("no such type of tariff: " + type);
        };
    return BigDecimal.valueOf(sample.path(field).asLong());
  }

  /** Each tier's price holds for the units that lie in it. */
  private static BigDecimal graduated(List<PriceTier> tiers, BigDecimal amount) {
    BigDecimal price = BigDecimal.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      BigDecimal from = tiers.get(i).from();
      BigDecimal to = i + 1 < tiers.size() ? tiers.get(i + 1).from().min(amount) : amount;
      if (to.compareTo(from) > 0) {
        price = price.add(to.subtract(from).multiply(tiers.get(i).price()));
      }
    }
    return price;
  }
}
