package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * V12: each resource has a tariff or is free, the models are assigned per group and region, and a
 * sample environment costs on the platform what the hoster means it to cost.
 */
public final class ConfigurePricing extends TaskFunction {
  private static final String FIELD = "pricing";
  private static final String PLATFORM = "platform.domain";
  private static final String LICENCES = "pricing.resources.licences";
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD, Kind.REJECTED);

  private final ThirdParties parties;

  /** For Lambda. */
  public ConfigurePricing() {
    this(FunctionContext.lambda());
  }

  public ConfigurePricing(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ConfigurePricing(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    PriceList list = new PriceList(work.element(FIELD));
    work.step("check-price-list").field(FIELD).machine(() -> list.sound(currency(work)));
    PlatformPrices platform = new PlatformPrices(parties.platformBilling(work), list);
    work.step("create-tariffs")
        .about(PLATFORM, "pricing.tariffs", "currency.code")
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(platform::ensureTariffs)
        .orPerson(platform::tariffs);
    licences(work, list);
    work.step("create-models")
        .about(PLATFORM, "pricing.models", LICENCES)
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(platform::ensureModels)
        .orPerson(platform::models);
    work.step("assign-models")
        .about(PLATFORM, "pricing.groups")
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(platform::ensureAssigned)
        .orPerson(() -> platform.assigned());
  }

  @Override
  protected void verify(Work work) {
    PriceList list = new PriceList(work.element(FIELD));
    PlatformPrices platform = new PlatformPrices(parties.platformBilling(work), list);
    list.tariffs().forEach(tariff -> work.proof(FIELD, () -> platform.present(tariff)));
    list.models().forEach(model -> work.proof(FIELD, () -> platform.present(model)));
    list.groups().keySet().forEach(group -> work.proof(FIELD, () -> platform.assigned(group)));
    licences(work, list);
    work.step("compare-sample").field(FIELD).machine(() -> platform.sample(currency(work)));
  }

  private static void licences(Work work, PriceList list) {
    if (!list.grids().isEmpty()) {
      work.step("add-licences").about(PLATFORM, LICENCES).attested();
    }
  }

  private static String currency(Work work) {
    return work.element("currency").path("code").asText();
  }
}
