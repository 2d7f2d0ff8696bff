package dev.slipway.enterprise.cloudconnectors;

import static dev.slipway.enterprise.cloudconnectors.OnPremiseConnector.KEYS;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M29: the developer platform has an environment of the application for this connector. The vendor
 * makes it, since the platform has no API for that, and gives its keys; nobody is asked where the
 * keys are there already.
 */
public final class AddEnvironment extends TaskFunction {
  private final HttpPort http;

  /** For Lambda. */
  public AddEnvironment() {
    this(FunctionContext.lambda());
  }

  public AddEnvironment(FunctionContext context) {
    super(context);
    this.http = context.egress();
  }

  @Override
  protected void perform(Work work) {
    OnPremiseConnector connector = OnPremiseConnector.of(work);
    if (!work.hasSecret(KEYS)) {
      work.step("create")
          .about(connector.field())
          .material("Application: " + connector.nid() + "\nHost: https://" + connector.host())
          .attested();
    }
  }

  @Override
  protected void verify(Work work) {
    OnPremiseConnector connector = OnPremiseConnector.of(work);
    work.step("answers")
        .field(connector.credential(KEYS))
        .machine(() -> answers(connector.platform(work, http)));
  }

  private static Finding answers(DeveloperPlatform platform) {
    int linked = platform.marketplaces().size();
    return new Finding(
        "GET /api/config/v1/marketplaces",
        platform.against(),
        "it takes the keys; the environment is linked to " + linked + " marketplace(s)");
  }
}
