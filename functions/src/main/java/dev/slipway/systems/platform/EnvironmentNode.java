package dev.slipway.systems.platform;

import java.util.List;

/**
 * A container of an environment.
 *
 * @param id its number
 * @param group its layer, such as {@code cp}
 * @param externalIps the external addresses attached to it
 */
public record EnvironmentNode(long id, String group, List<String> externalIps) {

  public EnvironmentNode {
    externalIps = List.copyOf(externalIps);
  }
}
