package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.probe.Execution;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.time.InstantSource;
import java.util.Map;

/**
 * A data runner without databases: what it tells of a job is made of the job's own parameters, so
 * that the same dump has the same manifest. The real one is tried against real databases.
 */
final class PlayedJobs implements Execution {
  private final InstantSource clock;

  PlayedJobs(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean takes(Probe probe) {
    return probe instanceof DataJob;
  }

  @Override
  public ProbeResult run(String id, Probe probe, JsonNode login) {
    DataJob job = (DataJob) probe;
    boolean dumps = job.operation() == DataJob.Operation.DUMP;
    String manifest = dumps ? dump(job) : job.manifest().orElse("");
    Map<String, String> facts =
        job.operation() == DataJob.Operation.COLLISIONS
            ? Map.of("organizations", "0", "users", "0")
            : Map.of("manifest", manifest, "rows", "1200", "bytes", "96000", "counts", "all 1200");
    return new ProbeResult(id, job.hash(), clock.instant(), facts, null);
  }

  private static String dump(DataJob job) {
    ObjectNode dump = Json.MAPPER.createObjectNode();
    return Json.hash(
        dump.put("store", job.store()).put("scope", job.scope()).put("map", job.map()));
  }
}
