package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;
import java.util.Set;

/**
 * M21: it is known whether the developer platform manages an application. The vendor declares it;
 * the platform itself tells only whoever has keys of the application, and people the rest.
 */
public final class CheckDeveloperPlatform extends TaskFunction {
  private static final String MANAGED = "managed";

  private final HttpPort http;

  /** For Lambda. */
  public CheckDeveloperPlatform() {
    this(FunctionContext.lambda());
  }

  public CheckDeveloperPlatform(FunctionContext context) {
    this(context, context.egress());
  }

  CheckDeveloperPlatform(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    facts.required(MANAGED, "whether the developer platform manages it");
    work.step("declared").machine(() -> declared(facts));
  }

  @Override
  protected void verify(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    PersonStep look =
        work.step("look")
            .about(ApplicationFacts.ELEMENT + "." + MANAGED)
            .field(facts.field(MANAGED))
            .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND));
    Optional<String> environment =
        Environments.ALL.stream()
            .filter(each -> work.hasSecret(keys(each, facts.nid())))
            .findFirst();
    if (environment.isPresent()) {
      look.machine(() -> asked(work, facts, environment.get()))
          .orPerson(statement -> stated(facts, statement));
    } else {
      look.person(statement -> stated(facts, statement));
    }
  }

  private static Finding declared(ApplicationFacts facts) {
    boolean isThirdPartys =
        facts.integration().map(Integration.THIRD_PARTY_CLOUD::equals).orElse(true);
    if (!isManaged(facts) && !isThirdPartys) {
      throw new UnmetRequirement(
          "application.not-managed",
          DeveloperPlatform.SYSTEM,
          facts.field(MANAGED),
          "The developer platform does not manage `%s`, and its integration is no third party's."
              .formatted(facts.nid()),
          "Register it on the developer platform, then say `yes` here.");
    }
    return facts.declared(MANAGED);
  }

  private Finding asked(Work work, ApplicationFacts facts, String environment) {
    JsonNode keys = work.secret(keys(environment, facts.nid()));
    DeveloperPlatform platform =
        new DeveloperPlatform(
            http, environment, keys.path("envKey").asText(), keys.path("envSecret").asText());
    int linked = platform.marketplaces().size();
    if (!isManaged(facts)) {
      throw new UnmetRequirement(
          "application.other-than-declared",
          DeveloperPlatform.SYSTEM,
          facts.field(MANAGED),
          "The developer platform knows the keys of `%s`: it manages it.".formatted(facts.nid()),
          "Say `yes` here.");
    }
    return new Finding(
        "GET /api/config/v1/marketplaces",
        platform.against(),
        "managed: its keys are known, and " + linked + " marketplace(s) are linked");
  }

  private static Finding stated(ApplicationFacts facts, Answer statement) {
    return new Finding(
            "developer platform",
            isManaged(facts) ? ApplicationFacts.page(statement) : "its list of applications",
            isManaged(facts)
                ? "managed"
                : "not managed yet: its provider is asked to migrate it (M31, M32)")
        .saidIn(statement);
  }

  private static boolean isManaged(ApplicationFacts facts) {
    return facts.known(MANAGED).filter("yes"::equals).isPresent();
  }

  private static String keys(String environment, String nid) {
    return "connector-environment@" + environment + "." + nid;
  }
}
