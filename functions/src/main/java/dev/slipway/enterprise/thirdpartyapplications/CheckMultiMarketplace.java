package dev.slipway.enterprise.thirdpartyapplications;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.applications.ApplicationFacts;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;

/**
 * M31: it is known whether a third party's application serves several marketplaces. The vendor
 * declares it and looks at the application's environments; no API tells it. Once its provider has
 * migrated it (M32), the vendor looks again.
 */
public final class CheckMultiMarketplace extends TaskFunction {
  private static final String FACT = "multiMarketplace";

  /** For Lambda. */
  public CheckMultiMarketplace() {
    this(FunctionContext.lambda());
  }

  public CheckMultiMarketplace(FunctionContext context) {
    super(context);
  }

  @Override
  protected void perform(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    facts.required(FACT, "whether it serves several marketplaces");
    work.step("declared").machine(() -> facts.declared(FACT));
  }

  @Override
  protected void verify(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    String element = ApplicationFacts.ELEMENT + ".";
    work.step("look")
        .about(element + "managed", element + FACT, element + "migratedOn")
        .field(facts.field(FACT))
        .person(statement -> looked(facts, statement));
  }

  private static Finding looked(ApplicationFacts facts, Answer statement) {
    String declared = facts.known(FACT).orElse("");
    String seen = statement.value(FACT).asText();
    if (!seen.isEmpty() && !seen.equals(declared)) {
      throw new UnmetRequirement(
          "application.other-than-declared",
          DeveloperPlatform.SYSTEM,
          facts.field(FACT),
          "The developer platform shows `%s`, and `%s` is declared.".formatted(seen, declared),
          "Correct the element `application-facts`; then state the step again.");
    }
    boolean isManaged = facts.known("managed").filter("yes"::equals).isPresent();
    return new Finding(
            "environments of the application",
            isManaged ? ApplicationFacts.page(statement) : "developer platform",
            found(facts, isManaged && declared.equals("yes")))
        .saidIn(statement);
  }

  private static String found(ApplicationFacts facts, boolean canBeLinked) {
    return canBeLinked
        ? "serves several marketplaces"
        : facts
            .known("migratedOn")
            .map(day -> "migrated on " + day)
            .orElse("serves no other marketplace yet: its provider is asked to migrate it (M32)");
  }
}
