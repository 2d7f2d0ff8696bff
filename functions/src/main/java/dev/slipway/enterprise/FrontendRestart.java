package dev.slipway.enterprise;

import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.ExpressAdmin;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The restart of a frontend by its administrator's session, once for each change. It reports
 * success in any case (mno-enterprise 4.0, local_adapter.rb): what a visitor gets tells whether it
 * happened.
 */
public final class FrontendRestart {
  private static final Duration TAKES = Duration.ofMinutes(5);

  private final Work work;
  private final MnoHub hub;
  private final Supplier<ExpressAdmin> admin;

  /**
   * @param hub asked as the frontend's tenant
   * @param admin signs in to the frontend
   */
  public FrontendRestart(Work work, MnoHub hub, Supplier<ExpressAdmin> admin) {
    this.work = work;
    this.hub = hub;
    this.admin = admin;
  }

  /**
   * Asks for the restart, unless it was asked for.
   *
   * @param change names what the frontend has to take
   * @return when it was asked for
   */
  public Instant asked(String change) {
    String note = "restart:" + change;
    return work.rememberedAt(Note.Kind.INTENT, note)
        .orElseGet(
            () -> {
              work.remember(Note.Kind.INTENT, note, Json.tree(work.now()));
              // The whole configuration goes with it: the hub takes what is sent for all.
              return TenantSettings.alone(work, hub, this::asked);
            });
  }

  private Instant asked() {
    admin.get().restart(hub.tenant().attributes().path(TenantSettings.FRONTEND));
    return work.now();
  }

  /** Waits until a restart that was asked for then has had its time. */
  public static void waitFor(Work work, Instant asked) {
    work.waitUntil(asked.plus(TAKES), "The frontend restarts.");
  }
}
