package dev.slipway.enterprise.products;

import dev.slipway.enterprise.FrontendRestart;
import dev.slipway.json.Json;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.time.Instant;

/**
 * The restart of a frontend, by its administrator's session: where a visitor does not get the
 * change some minutes after it, a person restarts it.
 */
final class Restart {
  private final Work work;
  private final ExpressSite site;
  private final VisitorLook look;

  Restart(Work work, ExpressSite site, VisitorLook look) {
    this.work = work;
    this.site = site;
    this.look = look;
  }

  /** Restarts it, unless a visitor gets everything already. */
  Finding ensure() {
    String against = site.express().against();
    if (look.isSeen()) {
      return new Finding("restart", against, "not needed any more: a visitor gets the settings");
    }
    Instant asked =
        new FrontendRestart(work, site.hub(), site::admin)
            .asked(Json.hash(Json.tree(look.wanted())));
    FrontendRestart.waitFor(work, asked);
    throw look.notByMachine(
        "The restart of "
            + asked
            + " was reported as a success, and changed nothing for visitors.");
  }
}
