package dev.slipway.systems.platform;

import java.util.List;

/**
 * A pricing model of the platform.
 *
 * @param id the platform's number, as text
 * @param name its unique name
 * @param tariffs the names of its tariffs
 * @param grids the names of its licence grids
 */
public record PricingModel(String id, String name, List<String> tariffs, List<String> grids) {

  public PricingModel {
    tariffs = List.copyOf(tariffs);
    grids = List.copyOf(grids);
  }
}
