package dev.slipway.local.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.net.Egress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A sandbox that is reset before each test, and the ways to it. A class of tests takes one that
 * another class is done with, if there is one; all end with the last test.
 *
 * <pre>{@code
 * @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();
 * }</pre>
 */
public final class RunningSandbox
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private Sandbox sandbox;
  private SandboxControl control;
  private FunctionContext context;

  @Override
  public void beforeAll(ExtensionContext test) {
    sandbox = pool(test).take();
    control = sandbox.control();
    context = newContext();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    control.reset();
  }

  @Override
  public void afterAll(ExtensionContext test) {
    pool(test).giveBack(sandbox);
  }

  private static Pool pool(ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.create(RunningSandbox.class))
        .computeIfAbsent(Pool.class, key -> new Pool(), Pool.class);
  }

  /** The sandboxes that run and that no class of tests uses. */
  private static final class Pool implements AutoCloseable {
    private final Queue<Sandbox> free = new ConcurrentLinkedQueue<>();

    Sandbox take() {
      Sandbox used = free.poll();
      try {
        return used == null ? Sandbox.start(SandboxOptions.inMemory()) : used;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void giveBack(Sandbox sandbox) {
      free.add(sandbox);
    }

    @Override
    public void close() {
      free.forEach(Sandbox::close);
    }
  }

  /** What people and trouble do to the third parties. */
  public SandboxControl control() {
    return control;
  }

  /** The context of a function whose third parties are the stand-ins, by the real network. */
  public FunctionContext context() {
    return context;
  }

  /** The context of another function, which shares no connection with the first. */
  public FunctionContext newContext() {
    SandboxEndpoints endpoints = sandbox.endpoints();
    return FunctionContext.of(
        Map.of(
            "SLIPWAY_EGRESS_PROXY", endpoints.proxy(),
            "SLIPWAY_DNS", endpoints.dns(),
            "SLIPWAY_TRUSTED_CERTIFICATES", endpoints.certificateAuthority()),
        InstantSource.system());
  }

  /** The way out of {@link #context}. */
  public Egress egress() {
    return context.egress();
  }

  /**
   * The same third parties for a handler's logic: HTTP is handed to the stand-ins without DNS,
   * proxy and TLS, which makes a test of many calls ten times as fast. Nothing is repeated.
   */
  public ThirdParties parties() {
    return new SandboxParties(sandbox, egress());
  }

  /** Assigns the account of a paid plan to the platform, so that containers can be made. */
  public void assignDockerAccount() {
    control.act(
        "assign-docker-account",
        Map.of("user", SandboxDefaults.DOCKER_USER, "token", SandboxDefaults.DOCKER_TOKEN));
  }

  /** Has the platform refuse these methods to a token, and no others any more. */
  public void deny(String token, String... methods) {
    ObjectNode patch = Json.object();
    patch
        .putObject("platform")
        .putObject("tokens")
        .putObject(token)
        .set("denied", Json.texts(List.of(methods)));
    control.patchWorld(patch);
  }

  /** The next such call is carried out, and its answer is lost. */
  public void loseAnswerOf(String system, String call) {
    control.fault(Fault.of(system, call, 1, Fault.Kind.RESET).afterTheWork());
  }
}
