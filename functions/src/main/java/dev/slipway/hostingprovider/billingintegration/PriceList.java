package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.platform.PriceTier;
import dev.slipway.systems.platform.Tariff;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The price list given at intake: resources, tariffs, models, and who gets which model where. */
final class PriceList {
  private static final String FIELD = "pricing";
  private static final Set<String> CLOUDLETS = Set.of("dynamic-cloudlets", "reserved-cloudlets");

  /**
   * The platform's resource types by which each resource is charged. Memory and processor are sold
   * together: a cloudlet is 128 MiB and 400 MHz.
   */
  private static final Map<String, Set<String>> TYPES =
      Map.of(
          "storage", Set.of("disk"),
          "memory", CLOUDLETS,
          "cpu", CLOUDLETS,
          "traffic", Set.of("traffic"),
          "publicIps", Set.of("external-ip"));

  /**
   * A pricing model.
   *
   * @param name its unique name
   * @param tariffs the names of its tariffs
   * @param grids the names of its licence grids
   */
  record Model(String name, List<String> tariffs, List<String> grids) {}

  private final JsonNode element;
  private final Map<String, Tariff> tariffs = new LinkedHashMap<>();
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final List<String> grids = new ArrayList<>();

  PriceList(JsonNode element) {
    this.element = element;
    for (JsonNode tariff : element.path("tariffs")) {
      List<PriceTier> tiers = new ArrayList<>();
      tariff
          .path("tiers")
          .forEach(
              tier ->
                  tiers.add(
                      new PriceTier(
                          new BigDecimal(tier.path("from").asText()),
                          new BigDecimal(tier.path("price").asText()))));
      String name = tariff.path("name").asText();
      tariffs.put(name, new Tariff("", name, tariff.path("type").asText(), tiers));
    }
    element.at("/resources/licences/grids").forEach(grid -> grids.add(grid.asText()));
    for (JsonNode model : element.path("models")) {
      String name = model.path("name").asText();
      models.put(name, new Model(name, texts(model.path("tariffs")), grids));
    }
  }

  List<Tariff> tariffs() {
    return List.copyOf(tariffs.values());
  }

  List<Tariff> tariffsOf(String model) {
    return models.get(model).tariffs().stream().map(tariffs::get).toList();
  }

  List<Model> models() {
    return List.copyOf(models.values());
  }

  /** The names of the licence grids; empty if licences are free. */
  List<String> grids() {
    return List.copyOf(grids);
  }

  /** Group to its type. */
  Map<String, String> groups() {
    Map<String, String> groups = new TreeMap<>();
    element
        .path("groups")
        .forEach(group -> groups.put(group.path("name").asText(), group.path("type").asText()));
    return groups;
  }

  /** Region to the model's name, for a group. */
  Map<String, String> assigned(String group) {
    Map<String, String> assigned = new TreeMap<>();
    for (JsonNode given : element.path("groups")) {
      if (given.path("name").asText().equals(group)) {
        given
            .path("models")
            .forEach(
                each -> assigned.put(each.path("region").asText(), each.path("model").asText()));
      }
    }
    return assigned;
  }

  SampleEnvironment sample() {
    return new SampleEnvironment(element.path("sample"));
  }

  /** Looks whether the list holds together, and whether the sample costs what it is meant to. */
  Finding sound(String currency) {
    element
        .path("resources")
        .properties()
        .forEach(resource -> resource(resource.getKey(), resource.getValue()));
    Set<String> names = new HashSet<>();
    for (JsonNode tariff : element.path("tariffs")) {
      String name = tariff.path("name").asText();
      require(names.add(name), "tariffs", "Two tariffs have the name " + name + ".");
      List<PriceTier> tiers = tariffs.get(name).tiers();
      for (int i = 0; i < tiers.size(); i++) {
        BigDecimal above = i == 0 ? BigDecimal.ZERO : tiers.get(i - 1).from();
        int order = tiers.get(i).from().compareTo(above);
        require(
            i == 0 ? order == 0 : order > 0,
            "tariffs",
            "The tiers of " + name + " must begin at 0 and rise.");
      }
    }
    models.values().forEach(this::model);
    groups().keySet().forEach(this::group);
    SampleEnvironment sample = sample();
    require(models.containsKey(sample.model()), "sample", "The sample's model is not in the list.");
    BigDecimal price = sample.price(tariffsOf(sample.model()), currency);
    require(
        price.compareTo(sample.expected()) == 0,
        "sample",
        "The sample costs "
            + price.toPlainString()
            + " by this list, not "
            + sample.expected().toPlainString()
            + ".");
    return new Finding(
        "price list rules",
        FIELD,
        tariffs.size()
            + " tariff(s), "
            + models.size()
            + " model(s); each resource has a tariff or is free; the sample costs "
            + price.toPlainString()
            + " "
            + currency);
  }

  private void resource(String name, JsonNode given) {
    if (name.equals("licences")) {
      return;
    }
    Set<String> types = TYPES.get(name);
    if (given.path("free").asBoolean()) {
      boolean charged =
          tariffs.values().stream()
              .filter(tariff -> types.contains(tariff.type()))
              .flatMap(tariff -> tariff.tiers().stream())
              .anyMatch(tier -> tier.price().signum() > 0);
      require(!charged, "resources." + name, name + " is stated as free, yet a tariff charges it.");
      return;
    }
    for (String tariff : texts(given.path("tariffs"))) {
      require(
          Optional.ofNullable(tariffs.get(tariff)).map(t -> types.contains(t.type())).orElse(false),
          "resources." + name,
          "The tariff " + tariff + " of " + name + " is not in the list, or of another type.");
    }
  }

  private void model(Model model) {
    for (String tariff : model.tariffs()) {
      require(
          tariffs.containsKey(tariff),
          "models",
          "The tariff " + tariff + " of the model " + model.name() + " is not in the list.");
    }
    TYPES.forEach(
        (resource, types) ->
            require(
                element.path("resources").path(resource).path("free").asBoolean()
                    || model.tariffs().stream()
                        .anyMatch(tariff -> types.contains(tariffs.get(tariff).type())),
                "models",
                "The model " + model.name() + " has no tariff for " + resource + "."));
  }

  private void group(String group) {
    assigned(group)
        .values()
        .forEach(
            model ->
                require(
                    models.containsKey(model),
                    "groups",
                    "The model " + model + " of the group " + group + " is not in the list."));
  }

  private static void require(boolean holds, String part, String otherwise) {
    if (!holds) {
      throw new UnmetRequirement(
          "pricing.list", "slipway", FIELD + "." + part, otherwise, "Correct the price list.");
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
