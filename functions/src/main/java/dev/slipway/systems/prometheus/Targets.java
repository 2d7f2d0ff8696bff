package dev.slipway.systems.prometheus;

import java.util.List;

/**
 * The state of the targets that Prometheus watches.
 *
 * @param active how many targets there are
 * @param down of how many the latest reading failed
 * @param unscraped how many were not read yet, of which nothing is known
 * @param firstDown job and address of the first few that are down
 */
public record Targets(int active, int down, int unscraped, List<String> firstDown) {

  public Targets {
    firstDown = List.copyOf(firstDown);
  }

  /** How many were read at the latest try. */
  public int up() {
    return active - down - unscraped;
  }
}
