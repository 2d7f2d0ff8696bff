package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.Connector;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;
import java.util.Set;

/**
 * M22: it is known how an application is integrated, and so which rows follow. The vendor declares
 * it; a hub that has the application says what its stack is, and of a cloud application its host,
 * whether it is built on the connector framework.
 */
public final class CheckIntegration extends TaskFunction {
  private static final String FACT = "integration";
  private static final String CATALOGUE = "mnohub-catalogue";

  private final HttpPort http;

  /** For Lambda. */
  public CheckIntegration() {
    this(FunctionContext.lambda());
  }

  public CheckIntegration(FunctionContext context) {
    this(context, context.egress());
  }

  CheckIntegration(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    facts.required(FACT, "how it is integrated");
    work.step("declared").machine(() -> facts.declared(FACT));
  }

  @Override
  protected void verify(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    Integration declared = facts.integration().orElseThrow();
    PersonStep compare =
        work.step("compare")
            .about(ApplicationFacts.ELEMENT + "." + FACT)
            .field(facts.field(FACT))
            .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND));
    if (work.hasSecret(CATALOGUE)) {
      compare
          .machine(() -> looked(work, facts, declared))
          .orPerson(statement -> stated(facts, declared, statement));
    } else {
      compare.person(statement -> stated(facts, declared, statement));
    }
    Optional<String> host = facts.known("host").filter(any -> declared.stack().equals("cloud"));
    if (host.isPresent()) {
      work.proof(facts.field(FACT), () -> framework(facts, declared, host.get()));
    }
    work.step("branch")
        .machine(
            () ->
                new Finding(
                    "the guide's rows", facts.nid(), declared.word() + ": " + declared.rows()));
  }

  private Finding looked(Work work, ApplicationFacts facts, Integration declared) {
    JsonNode keys = work.secret(CATALOGUE);
    MnoHub hub = MnoHub.of(http, keys.path("host").asText(), keys);
    Resource app =
        hub.app(facts.nid())
            .orElseThrow(
                () ->
                    new SystemTrouble(
                        CATALOGUE,
                        Kind.NOT_FOUND,
                        "The hub shows no application `" + facts.nid() + "` to this tenant.",
                        "apps",
                        hub.against(),
                        ""));
    requireStack(facts, declared, app.text("stack"), hub.against() + " says");
    return new Finding(
        "apps of the hub", hub.against(), facts.nid() + ": stack " + app.text("stack"));
  }

  /**
   * Whether it is built on the connector framework, which sets connectors apart from others. A host
   * that is not there yet tells nothing.
   */
  private Finding framework(ApplicationFacts facts, Integration declared, String host) {
    Connector application = new Connector(http, host);
    String seen;
    try {
      seen = "built on the connector framework " + application.version().framework();
      requireFramework(facts, declared, true, application.against());
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_UNDERSTOOD) {
        seen = "does not tell: " + trouble.kind().code();
      } else {
        seen = "not built on the connector framework";
        requireFramework(facts, declared, false, application.against());
      }
    }
    return new Finding("GET /version.json", application.against(), seen);
  }

  private static void requireFramework(
      ApplicationFacts facts, Integration declared, boolean isBuiltOnIt, String host) {
    if (isBuiltOnIt != (declared == Integration.CLOUD_CONNECTOR)) {
      throw new UnmetRequirement(
          "application.other-integration",
          Connector.SYSTEM,
          facts.field(FACT),
          "`%s` is declared as %s, and %s is %sbuilt on the connector framework."
              .formatted(facts.nid(), declared.word(), host, isBuiltOnIt ? "" : "not "),
          "Correct the integration, or the host, in the element `application-facts`.");
    }
  }

  private static Finding stated(ApplicationFacts facts, Integration declared, Answer statement) {
    String stack = statement.value("stack").asText();
    requireStack(facts, declared, stack, "the statement says");
    return new Finding("apps of the hub", "the hub's console", facts.nid() + ": stack " + stack)
        .saidIn(statement);
  }

  /** Holds the stack that was seen against the declared type. */
  static void requireStack(ApplicationFacts facts, Integration declared, String stack, String who) {
    if (!stack.equals(declared.stack())) {
      throw new UnmetRequirement(
          "application.other-integration",
          MnoHub.SYSTEM,
          facts.field(FACT),
          "`%s` is declared as %s, whose stack is %s, and %s stack %s."
              .formatted(
                  facts.nid(),
                  declared.word(),
                  declared.stack(),
                  who,
                  stack.isEmpty() ? "(none)" : stack),
          "Correct the integration in the element `application-facts`, or state the stack again.");
    }
  }
}
