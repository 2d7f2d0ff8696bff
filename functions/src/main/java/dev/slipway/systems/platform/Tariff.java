package dev.slipway.systems.platform;

import java.util.List;

/**
 * A tariff of the platform.
 *
 * @param id the platform's number, as text; empty for one that is not there yet
 * @param name its unique name
 * @param type what it charges for, in the platform's word; empty when not reported
 * @param tiers its tiers, the lowest first
 */
public record Tariff(String id, String name, String type, List<PriceTier> tiers) {

  public Tariff {
    tiers = List.copyOf(tiers);
  }

  @Override
  public String toString() {
    return name + " " + tiers;
  }
}
