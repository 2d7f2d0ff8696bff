package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.PricingModel;
import dev.slipway.systems.platform.Tariff;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.UnmetRequirement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The platform's tariffs, models and assignments beside the price list. An object with the right
 * name is adopted if it is as given, and never changed if it is not: customers may be charged by
 * it.
 */
final class PlatformPrices {
  private static final String FIELD = "pricing";
  private static final String STATEMENT = "the statement of who entered the prices";

  private final PlatformBilling platform;
  private final PriceList list;
  private List<Tariff> knownTariffs;
  private List<PricingModel> knownModels;

  PlatformPrices(PlatformBilling platform, PriceList list) {
    this.platform = platform;
    this.list = list;
  }

  /** Every tariff of the list, added unless it is there. */
  Finding ensureTariffs() {
    list.tariffs().forEach(this::ensure);
    return tariffs();
  }

  Finding tariffs() {
    return together(list.tariffs().stream().map(this::present).toList());
  }

  /** Every model of the list, added unless it is there. */
  Finding ensureModels() {
    list.models().forEach(this::ensure);
    return models();
  }

  Finding models() {
    return together(list.models().stream().map(this::present).toList());
  }

  /** Every group of the list with its models. */
  Finding ensureAssigned() {
    list.groups().keySet().forEach(this::ensureAssigned);
    return assigned();
  }

  Finding assigned() {
    return together(list.groups().keySet().stream().map(this::assigned).toList());
  }

  /** One finding for a step; the proofs afterwards show each by itself. */
  private static Finding together(List<Finding> findings) {
    return new Finding(
        findings.getFirst().probe(),
        findings.getFirst().against(),
        findings.size()
            + " looked at: "
            + String.join("; ", findings.stream().map(Finding::answer).distinct().toList()));
  }

  private Finding ensure(Tariff wanted) {
    if (tariff(wanted.name()).isEmpty()) {
      written(() -> tariff(wanted.name()).isPresent(), () -> platform.addTariff(wanted));
    }
    return compared(wanted);
  }

  Finding present(Tariff wanted) {
    return OptionalLook.take(STATEMENT, () -> compared(wanted));
  }

  private Finding compared(Tariff wanted) {
    Tariff found =
        tariff(wanted.name())
            .orElseThrow(() -> missing("pricing.no-tariff", "tariff " + wanted.name()));
    boolean same = found.tiers().size() == wanted.tiers().size();
    for (int i = 0; same && i < wanted.tiers().size(); i++) {
      same = found.tiers().get(i).sameAs(wanted.tiers().get(i));
    }
    if (!same || !(found.type().isEmpty() || found.type().equals(wanted.type()))) {
      throw new UnmetRequirement(
          "pricing.tariff-differs",
          "platform",
          "pricing.tariffs",
          "The platform's tariff " + found + " is not as given: " + wanted + ".",
          "Correct the tariff in the admin panel, or the element; Slipway changes no prices that"
              + " are there.");
    }
    return new Finding(PlatformMethod.GET_TARIFFS.permission(), platform.against(), "" + found);
  }

  private Finding ensure(PriceList.Model wanted) {
    if (model(wanted.name()).isEmpty()) {
      Map<String, String> ids = new TreeMap<>();
      platform.tariffs().forEach(tariff -> ids.put(tariff.name(), tariff.id()));
      written(
          () -> model(wanted.name()).isPresent(),
          () ->
              platform.addPricing(
                  wanted.name(), wanted.tariffs().stream().map(ids::get).toList(), wanted.grids()));
    }
    return compared(wanted);
  }

  Finding present(PriceList.Model wanted) {
    return OptionalLook.take(STATEMENT, () -> compared(wanted));
  }

  private Finding compared(PriceList.Model wanted) {
    PricingModel found =
        model(wanted.name())
            .orElseThrow(() -> missing("pricing.no-model", "pricing model " + wanted.name()));
    if (!new HashSet<>(found.tariffs()).equals(new HashSet<>(wanted.tariffs()))) {
      throw new UnmetRequirement(
          "pricing.model-differs",
          "platform",
          "pricing.models",
          "The platform's model "
              + found.name()
              + " has the tariffs "
              + found.tariffs()
              + ", not "
              + wanted.tariffs()
              + ".",
          "Correct the model in the admin panel, or the element.");
    }
    List<String> grids = new ArrayList<>(wanted.grids());
    grids.removeAll(found.grids());
    return new Finding(
        PlatformMethod.GET_PRICING.permission(),
        platform.against(),
        found.name()
            + ": "
            + String.join(", ", found.tariffs())
            + (grids.isEmpty() ? "" : "; licence grids not listed: " + String.join(", ", grids)));
  }

  private Finding ensureAssigned(String group) {
    if (!platform.groups().containsKey(group)) {
      written(
          () -> platform.groups().containsKey(group),
          () -> platform.addGroup(list.groups().get(group), group));
    }
    if (!platform.pricingModels(group).entrySet().containsAll(wantedIds(group).entrySet())) {
      // All regions go in one call: those that are not given keep what they have.
      Map<String, String> all = new TreeMap<>(platform.pricingModels(group));
      all.putAll(wantedIds(group));
      platform.setPricingModels(group, all);
    }
    return comparedAssignments(group);
  }

  Finding assigned(String group) {
    return OptionalLook.take(STATEMENT, () -> comparedAssignments(group));
  }

  private Finding comparedAssignments(String group) {
    Map<String, String> found = platform.pricingModels(group);
    if (!found.entrySet().containsAll(wantedIds(group).entrySet())) {
      throw new UnmetRequirement(
          "pricing.not-assigned",
          "platform",
          "pricing.groups",
          "The group " + group + " has not the models " + list.assigned(group) + ".",
          "Assign them in the admin panel, per region.");
    }
    return new Finding(
        PlatformMethod.GET_PRICING_MODELS.permission(),
        platform.against(),
        group + ": " + list.assigned(group));
  }

  private Map<String, String> wantedIds(String group) {
    Map<String, String> ids = new TreeMap<>();
    platform.pricing().forEach(model -> ids.put(model.name(), model.id()));
    Map<String, String> wanted = new TreeMap<>();
    list.assigned(group)
        .forEach(
            (region, model) ->
                wanted.put(
                    region,
                    Optional.ofNullable(ids.get(model))
                        .orElseThrow(() -> missing("pricing.no-model", "pricing model " + model))));
    return wanted;
  }

  /** Works the sample's price out again, from what the platform has, and compares to the cent. */
  Finding sample(String currency) {
    return OptionalLook.take(
        STATEMENT,
        () -> {
          SampleEnvironment sample = list.sample();
          PricingModel model =
              model(sample.model())
                  .orElseThrow(
                      () -> missing("pricing.no-model", "pricing model " + sample.model()));
          Map<String, String> types = new TreeMap<>();
          list.tariffs().forEach(tariff -> types.put(tariff.name(), tariff.type()));
          List<Tariff> tariffs =
              model.tariffs().stream()
                  .map(name -> tariff(name).orElseThrow(() -> missing("pricing.no-tariff", name)))
                  .map(t -> new Tariff(t.id(), t.name(), types.get(t.name()), t.tiers()))
                  .toList();
          BigDecimal price = sample.price(tariffs, currency);
          if (price.compareTo(sample.expected()) != 0) {
            throw new UnmetRequirement(
                "pricing.sample-differs",
                "platform",
                "pricing.sample",
                "By the platform's tariffs the sample costs "
                    + price.toPlainString()
                    + " "
                    + currency
                    + ", not "
                    + sample.expected().toPlainString()
                    + ".",
                "Compare the tariffs of the model " + model.name() + " with the price list.");
          }
          return new Finding(
              PlatformMethod.GET_PRICING.permission() + ", sample recomputed",
              platform.against(),
              "the sample costs " + price.toPlainString() + " " + currency + ", as it is meant to");
        });
  }

  private Optional<Tariff> tariff(String name) {
    if (knownTariffs == null) {
      knownTariffs = platform.tariffs();
    }
    return knownTariffs.stream().filter(tariff -> tariff.name().equals(name)).findFirst();
  }

  private Optional<PricingModel> model(String name) {
    if (knownModels == null) {
      knownModels = platform.pricing();
    }
    return knownModels.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /**
   * After an error it may be there all the same: the answer got lost, or another person was faster.
   */
  private void written(BooleanSupplier there, Runnable write) {
    // The tariffs that were read before the write are read again after it.
    knownTariffs = null;
    knownModels = null;
    try {
      write.run();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_PERMITTED || !there.getAsBoolean()) {
        throw trouble;
      }
    }
  }

  private static UnmetRequirement missing(String code, String what) {
    return new UnmetRequirement(
        code,
        "platform",
        FIELD,
        "The platform has no " + what + ".",
        "Add it in the admin panel under Billing.");
  }
}
