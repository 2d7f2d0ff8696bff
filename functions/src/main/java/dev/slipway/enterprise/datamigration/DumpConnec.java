package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * M63: the business data of the organisations moves from the source's Connec! into the target's. It
 * is found by the groups that the dump of the hub (M64) names.
 */
public final class DumpConnec extends TaskFunction {
  private static final String STORE = "connec";
  private static final TaskKey HUB = TaskKey.parse("data-migration.dump-mnohub");

  private final HttpPort http;
  private final Function<String, List<ProbeRecord>> jobs;

  /** For Lambda. */
  public DumpConnec() {
    this(FunctionContext.lambda());
  }

  public DumpConnec(FunctionContext context) {
    this(context, context.egress(), onboarding -> context.probes().all(onboarding));
  }

  /**
   * @param jobs answers all that runners were asked for an onboarding, oldest first
   */
  DumpConnec(FunctionContext context, HttpPort http, Function<String, List<ProbeRecord>> jobs) {
    super(context);
    this.http = http;
    this.jobs = jobs;
  }

  @Override
  protected void perform(Work work) {
    new DataMove(work, STORE, Optional.of(hub(work))).perform();
  }

  @Override
  protected void verify(Work work) {
    work.proof(DataMove.FIELD, new SourceOrganizations(work, http)::look);
  }

  @Override
  protected String overForGood() {
    return DataMove.OVER;
  }

  @Override
  protected void putBack(Work work, String request) {
    new DataMove(work, STORE, Optional.empty()).putBack();
  }

  /** The manifest of the hub's last dump. */
  private String hub(Work work) {
    return jobs.apply(work.onboarding()).stream()
        .filter(job -> job.isOf(HUB, "dump") && job.state() == ProbeRecord.State.ANSWERED)
        .map(job -> result(job).fact("manifest"))
        .filter(manifest -> !manifest.isEmpty())
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "migration.no-groups",
                    "slipway",
                    DataMove.FIELD,
                    "The data of MnoHub has not been dumped by a data runner, so that it is not"
                        + " known whose data is to be moved.",
                    "Have the row of MnoHub done first."));
  }

  private static ProbeResult result(ProbeRecord job) {
    try {
      return ProbeResult.read(Json.MAPPER.readTree(job.result().body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that was taken cannot be read", e);
    }
  }
}
