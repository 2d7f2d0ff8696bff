package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;

/** The part of a runner that runs what was asked: built-in probes or jobs, and nothing else. */
public interface Execution {
  /** Whether it is for a runner of this kind; another one's is left to that. */
  boolean takes(Probe probe);

  /**
   * Runs a probe; trouble is a result too.
   *
   * @param id the probe's id
   * @param login for a probe that takes one; an empty object otherwise
   */
  ProbeResult run(String id, Probe probe, JsonNode login);
}
