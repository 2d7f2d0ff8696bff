package dev.slipway.enterprise.applications;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * M23: the marketplace of an environment offers an application. Both the marketplace and the link
 * are made by the vendor on the developer platform, which no API does.
 */
public final class LinkMarketplace extends TaskFunction {
  private static final String MARKETPLACES = "marketplaces";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private final HttpPort http;

  /** For Lambda. */
  public LinkMarketplace() {
    this(FunctionContext.lambda());
  }

  public LinkMarketplace(FunctionContext context) {
    this(context, context.egress());
  }

  LinkMarketplace(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    String environment = work.at("environment");
    work.waitForElement(
        MARKETPLACES,
        work.optionalElement(MARKETPLACES).isPresent(),
        "Have the hub of %s register itself on the developer platform, and give the marketplace's"
                .formatted(environment)
            + " name as `%s` in the element `%s`.".formatted(environment, MARKETPLACES));
    work.step("marketplace")
        .machine(
            () ->
                new Finding(
                    "the element " + MARKETPLACES,
                    environment,
                    work.element(MARKETPLACES).asText()));
    MarketplaceLink link = new MarketplaceLink(work, http);
    step(work, "link", link).machine(link::found).orPerson(link::afterwards);
  }

  @Override
  protected void verify(Work work) {
    MarketplaceLink link = new MarketplaceLink(work, http);
    step(work, "seen", link).machine(link::seen).orAttested();
  }

  private static PersonStep step(Work work, String id, MarketplaceLink link) {
    return work.step(id)
        .about(MARKETPLACES, ApplicationFacts.ELEMENT + ".defaultEnvironment")
        .field(link.field())
        .leftToPerson(LEFT_TO_PERSON);
  }
}
