package dev.slipway.systems.platform;

import java.util.List;

/**
 * A hardware region.
 *
 * @param id the platform's number, as text; empty when not reported
 * @param name its unique name
 * @param domains the domains under which its environments get their names
 */
public record Region(String id, String name, List<String> domains) {

  public Region {
    domains = List.copyOf(domains);
  }
}
