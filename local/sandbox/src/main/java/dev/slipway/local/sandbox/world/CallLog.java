package dev.slipway.local.sandbox.world;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Every call that reached a stand-in. It is what proves "performed once" from outside a killed
 * process.
 */
public final class CallLog {

  private final InstantSource clock;
  private final Journal<RecordedCall> journal;

  /**
   * @param file where calls are kept; empty to forget them at the end
   */
  public CallLog(InstantSource clock, Optional<Path> file) {
    this.clock = clock;
    this.journal = new Journal<>(file, RecordedCall::toJson, RecordedCall::fromJson);
  }

  /** Notes one call, before its answer leaves. */
  public void record(String system, Operation operation, String outcome) {
    journal.add(
        new RecordedCall(clock.instant(), system, operation.method(), operation.key(), outcome));
  }

  /** All calls, oldest first. */
  public List<RecordedCall> all() {
    return journal.all();
  }

  /** Forgets them. */
  public void clear() {
    journal.clear();
  }
}
