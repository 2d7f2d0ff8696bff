package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.run.SandboxStandIns;
import dev.slipway.local.sandbox.SandboxControl;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A sandbox as a profile's people use it, with runners of this process inside its network. */
final class LocalStandIns extends SandboxStandIns {
  private final InsideRunners runners;

  LocalStandIns(SandboxControl sandbox, InsideRunners runners) {
    super(sandbox);
    this.runners = runners;
  }

  @Override
  public void lookFromInside(
      String runner, Supplier<String> code, JsonNode logins, Consumer<String> say) {
    runners.look(runner, code, logins, say);
  }
}
