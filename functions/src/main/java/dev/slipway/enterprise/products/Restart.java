package dev.slipway.enterprise.products;

import dev.slipway.enterprise.TenantSettings;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;

/**
 * The restart of a frontend by its administrator's session, once for each change. It reports
 * success in any case (mno-enterprise 4.0, local_adapter.rb): where a visitor does not get the
 * change after some minutes, a person restarts it.
 */
final class Restart {
  private static final Duration TAKES = Duration.ofMinutes(5);

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
    String change = "restart:" + Json.hash(Json.tree(look.wanted()));
    Instant asked =
        work.rememberedAt(Note.Kind.INTENT, change)
            .orElseGet(
                () -> {
                  work.remember(Note.Kind.INTENT, change, Json.tree(work.now()));
                  site.admin()
                      .restart(site.hub().tenant().attributes().path(TenantSettings.FRONTEND));
                  return work.now();
                });
    work.waitUntil(asked.plus(TAKES), "The frontend restarts.");
    throw look.notByMachine(
        "The restart of "
            + asked
            + " was reported as a success, and changed nothing for visitors.");
  }
}
