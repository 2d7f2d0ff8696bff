package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.run.StandIns;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;

/** The stand-ins as a profile uses them. */
record SandboxStandIns(SandboxControl sandbox) implements StandIns {
  @Override
  public void perform(String act, JsonNode details) {
    sandbox.act(act, (ObjectNode) details);
  }

  @Override
  public void patch(JsonNode patch) {
    sandbox.patchWorld(patch);
  }

  @Override
  public void add(JsonNode fault) {
    sandbox.fault(Fault.fromJson(fault));
  }

  @Override
  public void clearFaults() {
    sandbox.clearFaults();
  }
}
