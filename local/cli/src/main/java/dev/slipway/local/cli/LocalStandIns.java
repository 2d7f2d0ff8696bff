package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.run.StandIns;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A sandbox as a profile's people use it, with runners of this process inside its network. */
record LocalStandIns(SandboxControl sandbox, InsideRunners runners) implements StandIns {
  @Override
  public void perform(String act, JsonNode details) {
    sandbox.act(act, (ObjectNode) details);
  }

  @Override
  public void patch(JsonNode patch) {
    sandbox.patchWorld(patch);
  }

  @Override
  public void lookFromInside(
      String runner, Supplier<String> code, JsonNode logins, Consumer<String> say) {
    runners.look(runner, code, logins, say);
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
