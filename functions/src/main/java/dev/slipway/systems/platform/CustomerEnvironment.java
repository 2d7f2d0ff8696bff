package dev.slipway.systems.platform;

import java.util.List;

/**
 * An environment of the test customer.
 *
 * @param name its short name
 * @param domain its host name; empty when not reported
 * @param nodes its containers
 */
public record CustomerEnvironment(String name, String domain, List<EnvironmentNode> nodes) {

  public CustomerEnvironment {
    nodes = List.copyOf(nodes);
  }
}
