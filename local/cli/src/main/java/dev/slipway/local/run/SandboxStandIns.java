package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;

/** A sandbox as a profile's people use it. Nobody is inside its network. */
public class SandboxStandIns implements StandIns {
  private final SandboxControl sandbox;

  /** Of this sandbox. */
  public SandboxStandIns(SandboxControl sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public final void perform(String act, JsonNode details) {
    sandbox.act(act, (ObjectNode) details);
  }

  @Override
  public final void patch(JsonNode patch) {
    sandbox.patchWorld(patch);
  }

  @Override
  public final void add(JsonNode fault) {
    sandbox.fault(Fault.fromJson(fault));
  }

  @Override
  public final void clearFaults() {
    sandbox.clearFaults();
  }
}
