package dev.slipway.enterprise.connecconnectors;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * M26: a Connec! connector has the provider's keys, and data of a company arrives through it. The
 * customer registers the app and connects the test company, the vendor puts the keys in place; the
 * hub and Connec! are looked at. A company that is connected already is not asked for.
 */
public final class ConfigureConnector extends TaskFunction {
  private static final String KEYS = "connec-keys";
  private static final String APP = "connec-app";

  private final HttpPort http;

  /** For Lambda. */
  public ConfigureConnector() {
    this(FunctionContext.lambda());
  }

  public ConfigureConnector(FunctionContext context) {
    super(context);
    this.http = context.egress();
  }

  @Override
  protected void perform(Work work) {
    String hub =
        work.element("component-hosts").path(work.at("environment")).path("mnohub").asText();
    work.step("registered")
        .about(work.about(KEYS).and("callback", hub))
        .material("Callback domain: " + hub)
        .attested();
    work.step("keys").field(credential(work)).machine(() -> keys(work));
    work.step("configure").about(inPlace(work)).attested();
    ConnectedCompany company = new ConnectedCompany(work, http);
    work.step("consent")
        .about(inPlace(work))
        .leftToPerson(Set.of(Kind.NOT_FOUND))
        .machine(company::orPerson)
        .orAttested();
  }

  @Override
  protected void verify(Work work) {
    ConnectedCompany company = new ConnectedCompany(work, http);
    work.step("connected").field(credential(work)).machine(company::connected);
    work.step("data-flows")
        .about(inPlace(work))
        .field("component-hosts")
        .machine(company::data)
        .orAttested();
  }

  /** Statements about keys hold for these keys. */
  private static About inPlace(Work work) {
    return work.about("test-company").and("keys", work.secretVersion(APP));
  }

  /** Good as far as a test tells, and the provider lets Production use them. */
  private static Finding keys(Work work) {
    Finding tested = work.testOf(APP);
    if (work.at("environment").equals("production")
        && work.element(KEYS).path("partnerApproval").asText().equals("applied")) {
      throw new UnmetRequirement(
          "connec-keys.approval-open",
          APP,
          KEYS + ".partnerApproval",
          "The provider has not approved the app yet, without which Production may not use it.",
          "Say `granted` in the element once it is.");
    }
    return tested;
  }

  private static String credential(Work work) {
    return "credential:" + APP + "@" + work.at("environment") + "." + work.at("application");
  }
}
