package dev.slipway.local.check;

import dev.slipway.context.FunctionContext;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.systems.net.Egress;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A sandbox that runs for a class of tests and is reset before each of them, and the functions' own
 * way out, which leads to it.
 *
 * <pre>{@code
 * @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();
 * }</pre>
 */
public final class RunningSandbox
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private Sandbox sandbox;
  private FunctionContext context;

  @Override
  public void beforeAll(ExtensionContext test) throws Exception {
    sandbox = Sandbox.start(SandboxOptions.inMemory());
    SandboxEndpoints endpoints = sandbox.endpoints();
    context =
        FunctionContext.of(
            Map.of(
                "SLIPWAY_EGRESS_PROXY", endpoints.proxy(),
                "SLIPWAY_DNS", endpoints.dns(),
                "SLIPWAY_TRUSTED_CERTIFICATES", endpoints.certificateAuthority()),
            InstantSource.system());
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    control().reset();
  }

  @Override
  public void afterAll(ExtensionContext test) {
    sandbox.close();
  }

  /** What people and trouble do to the third parties. */
  public SandboxControl control() {
    return sandbox.control();
  }

  /** The context of a function whose third parties are the stand-ins. */
  public FunctionContext context() {
    return context;
  }

  /** That function's way out. */
  public Egress egress() {
    return context.egress();
  }
}
