package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.systems.maestrano.Nex;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.FallbackStep;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * M30: a connector runs on the customer's own Nex!, in the environment's instance, with the
 * provider's keys; it answers under its host, knows the marketplace, and its jobs run. What Nex!
 * does not let a machine do, the vendor does with nex-cli.
 */
public final class DeployConnector extends TaskFunction {
  private static final String NEX = "nex";

  /** What a machine meets at a host that only the inside reaches. */
  private static final Set<Kind> OUT_OF_REACH =
      Set.of(Kind.ADDRESS_REFUSED, Kind.NAME_UNKNOWN, Kind.NOT_CONNECTED, Kind.TIMED_OUT);

  private final Egress egress;

  /** For Lambda. */
  public DeployConnector() {
    this(FunctionContext.lambda());
  }

  public DeployConnector(FunctionContext context) {
    super(context);
    this.egress = context.egress();
  }

  @Override
  protected void perform(Work work) {
    OnPremiseConnector connector = OnPremiseConnector.of(work);
    work.step("instance")
        .field(NEX + "@" + connector.environment())
        .machine(() -> instance(work, connector));
    Nex nex = nex(work);
    ConnectorApp app = new ConnectorApp(work, egress, connector, nex);
    work.step("app")
        .about(app.about())
        .field(app.field())
        .material(app.lines())
        .leftToPerson(MadeOnNex.REFUSED)
        .machine(app::ensure)
        .orPerson(app::look);
    ConnectorDomain domain = new ConnectorDomain(work, connector, nex, egress);
    Set<Kind> left = new HashSet<>(MadeOnNex.REFUSED);
    left.addAll(outOfReach(work));
    FallbackStep step =
        work.step("domain")
            .about(connector.field())
            .field(connector.field())
            .material("App: " + connector.app() + "\nHost: " + connector.host())
            .leftToPerson(left)
            .machine(() -> domain.ensure(app.app()));
    if (isPrivate(work)) {
      step.orAttested();
    } else {
      step.orPerson(domain::look);
    }
  }

  @Override
  protected void verify(Work work) {
    OnPremiseConnector connector = OnPremiseConnector.of(work);
    ConnectorApp app = new ConnectorApp(work, egress, connector, nex(work));
    RunningConnector running = new RunningConnector(work, egress, connector);
    About host = work.about(connector.field());
    work.proof(app.field(), app::look);
    Set<Kind> unseen = outOfReach(work);
    work.step("version")
        .about(host)
        .field(connector.field())
        .leftToPerson(unseen)
        .machine(running::version)
        .orAttested();
    work.step("knows-us")
        .about(host)
        .field(connector.field())
        .leftToPerson(unseen)
        .machine(running::knowsUs)
        .orAttested();
    Set<Kind> unknown = new HashSet<>(unseen);
    unknown.add(Kind.NOT_PERMITTED);
    work.step("jobs")
        .about(host)
        .field(connector.field())
        .leftToPerson(unknown)
        .machine(() -> running.jobs(app.isOwn(app.app())))
        .orAttested();
  }

  @Override
  protected void putBack(Work work, String request) {
    OnPremiseConnector connector = OnPremiseConnector.of(work);
    Nex nex = nex(work);
    ConnectorApp app = new ConnectorApp(work, egress, connector, nex);
    work.proof(
        connector.field(),
        () -> {
          List<String> done = new ArrayList<>();
          Optional<Nex.App> present = nex.app(connector.app());
          present.ifPresent(
              there ->
                  done.addAll(new ConnectorDomain(work, connector, nex, egress).remove(there)));
          app.remove().ifPresent(done::add);
          return new Finding(
              "put back",
              "Nex!",
              done.isEmpty() ? "nothing had been made by machine" : String.join("; ", done));
        });
  }

  private Nex nex(Work work) {
    JsonNode access = work.secret(NEX, "endpoint");
    return new Nex(
        egress, URI.create(access.path("endpoint").asText()), access.path("apiKey").asText());
  }

  /** The Nex! that the key leads to is the environment's. */
  private Finding instance(Work work, OnPremiseConnector connector) {
    String wanted = host(work, connector);
    String named =
        work.element(OnPremiseConnector.HOSTING)
            .path("nexInstance")
            .path(connector.environment())
            .asText();
    String given = URI.create(work.secret(NEX, "endpoint").path("endpoint").asText()).getHost();
    if (!wanted.equalsIgnoreCase(given)) {
      throw new UnmetRequirement(
          "nex.wrong-place",
          NEX,
          "credential:" + NEX + "@" + connector.environment(),
          "The key leads to " + given + ", and " + named + " is at " + wanted + ".",
          "Store the key of " + named + "; then retry.");
    }
    return new Finding(
        "GET /api/v1/apps",
        wanted,
        named + " lets us in, with " + nex(work).requireAccess() + " app(s)");
  }

  private static String host(Work work, OnPremiseConnector connector) {
    return work.element("component-hosts").path(connector.environment()).path(NEX).asText();
  }

  /** After these a person looks, where the environment is a private one. */
  private static Set<Kind> outOfReach(Work work) {
    return isPrivate(work) ? OUT_OF_REACH : Set.of();
  }

  private static boolean isPrivate(Work work) {
    return work.element("infrastructure").path("reach").asText().equals("private");
  }
}
