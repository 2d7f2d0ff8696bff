package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code billing.pricing} and {@code billing.groupquota}: currency and rates, tariffs, pricing
 * models, groups. A name may be used twice, as nothing says that the platform minds. The content of
 * the JSON parameters and the answers is unverified.
 *
 * <p>The main currency is the setting {@code HOSTER_CURRENCY} as applied, if there is such a
 * setting; else {@code currency}.
 */
final class PricingMethods {

  private final World world;

  PricingMethods(World world) {
    this.world = world;
  }

  List<PlatformMethod> methods() {
    String pricing = "billing.pricing.";
    String groups = "billing.groupquota.";
    List<String> nothing = List.of();
    return List.of(
        PlatformMethod.of(pricing + "GetPlatformCurrency", nothing, this::currency),
        PlatformMethod.of(pricing + "GetCurrencies", nothing, this::currencies),
        PlatformMethod.of(pricing + "GetTariffsInner", nothing, this::tariffs),
        PlatformMethod.of(pricing + "AddTariff", List.of("tariff"), this::addTariff),
        PlatformMethod.of(pricing + "GetPricing", nothing, this::pricing),
        PlatformMethod.of(pricing + "AddPricing", List.of("pricing"), this::addPricing),
        PlatformMethod.of(groups + "GetGroups", nothing, this::groups),
        PlatformMethod.of(groups + "AddGroup", List.of("name"), this::addGroup),
        PlatformMethod.of(groups + "GetPricingModels", List.of("groupName"), this::models),
        PlatformMethod.of(groups + "SetPricingModels", List.of("groupName"), this::setModels));
  }

  /** The acts of the vendor's team. */
  Map<String, Act> acts() {
    return Map.of("add-licence-grids", this::addLicenceGrids);
  }

  private JsonNode addLicenceGrids(JsonNode details) {
    world.edit(
        Platform.SYSTEM,
        part -> part.withArrayProperty("licenceGrids").addAll((ArrayNode) details.path("grids")));
    return Json.object();
  }

  private static String main(JsonNode part) {
    return part.path("config")
        .path("HOSTER_CURRENCY")
        .path("applied")
        .asText(part.path("currency").asText("USD"));
  }

  private ObjectNode currency(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ObjectNode answer = Json.object();
          answer.putObject("object").put("code", main(part));
          return answer;
        });
  }

  private ObjectNode currencies(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          BigDecimal base = perEuro(part, main(part));
          ArrayNode array = Json.array();
          array.addObject().put("code", "EUR").put("rate", quotient(BigDecimal.ONE, base));
          for (Map.Entry<String, JsonNode> each : part.path("rates").properties()) {
            array
                .addObject()
                .put("code", each.getKey())
                .put("rate", quotient(new BigDecimal(each.getValue().asText()), base));
          }
          return Json.object().set("array", array);
        });
  }

  private static BigDecimal perEuro(JsonNode part, String currency) {
    return new BigDecimal(part.path("rates").path(currency).asText("1"));
  }

  private static String quotient(BigDecimal amount, BigDecimal base) {
    return amount.divide(base, MathContext.DECIMAL32).toPlainString();
  }

  private ObjectNode tariffs(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> Json.object().set("array", part.withArrayProperty("tariffs").deepCopy()));
  }

  private ObjectNode addTariff(PlatformCall call) {
    JsonNode given = json(call.required("tariff"));
    return world.change(
        Platform.SYSTEM,
        part -> {
          int id = AddressMethods.nextId(part);
          ObjectNode tariff = part.withArrayProperty("tariffs").addObject();
          tariff.put("id", id).put("name", named(given)).put("type", given.path("type").asText());
          tariff.set("tiers", given.path("tiers").deepCopy());
          return Json.object().put("id", id);
        });
  }

  private ObjectNode pricing(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> Json.object().set("array", part.withArrayProperty("pricing").deepCopy()));
  }

  private ObjectNode addPricing(PlatformCall call) {
    JsonNode given = json(call.required("pricing"));
    List<String> ids = Arrays.asList(call.required("tariffIds").split(",", -1));
    return world.change(
        Platform.SYSTEM,
        part -> {
          int id = AddressMethods.nextId(part);
          ObjectNode model = part.withArrayProperty("pricing").addObject();
          model.put("id", id).put("name", named(given));
          ArrayNode tariffs = model.putArray("tariffs");
          for (String wanted : ids) {
            tariffs.add(tariff(part, wanted));
          }
          ArrayNode grids = model.putArray("tariffGrids");
          call.optional("tariffGridNames")
              .ifPresent(names -> grid(part, grids, Arrays.asList(names.split(",", -1))));
          return Json.object().put("id", id);
        });
  }

  private static void grid(ObjectNode part, ArrayNode grids, List<String> names) {
    for (String name : names) {
      if (!Json.strings(part.path("licenceGrids")).contains(name)) {
        throw new PlatformException(
            PlatformException.NOT_FOUND, "tariff grid [" + name + "] not found");
      }
      grids.addObject().put("name", name);
    }
  }

  private static JsonNode tariff(ObjectNode part, String id) {
    for (JsonNode each : part.path("tariffs")) {
      if (each.path("id").asText().equals(id)) {
        return each.deepCopy();
      }
    }
    throw new PlatformException(PlatformException.NOT_FOUND, "tariff [" + id + "] not found");
  }

  private ObjectNode groups(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          part.path("groups")
              .properties()
              .forEach(
                  each ->
                      array
                          .addObject()
                          .put("name", each.getKey())
                          .put("type", each.getValue().path("type").asText()));
          return Json.object().set("array", array);
        });
  }

  private ObjectNode addGroup(PlatformCall call) {
    String name = call.required("name");
    String type = call.required("type");
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode groups = part.withObjectProperty("groups");
          if (groups.has(name)) {
            throw new PlatformException(
                PlatformException.INVALID_PARAMETER, "group [" + name + "] already exists");
          }
          groups.putObject(name).put("type", type).putObject("models");
        });
    return Json.object();
  }

  private ObjectNode models(PlatformCall call) {
    String name = call.required("groupName");
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          group(part, name)
              .path("models")
              .properties()
              .forEach(
                  each ->
                      array
                          .addObject()
                          .put("region", each.getKey())
                          .put("pricingId", each.getValue().asText()));
          return Json.object().set("array", array);
        });
  }

  private ObjectNode setModels(PlatformCall call) {
    String name = call.required("groupName");
    JsonNode data = json(call.required("data"));
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode models = group(part, name).putObject("models");
          for (JsonNode each : data) {
            models.put(each.path("region").asText(), each.path("pricingId").asText());
          }
        });
    return Json.object();
  }

  private static ObjectNode group(ObjectNode part, String name) {
    if (part.path("groups").path(name) instanceof ObjectNode group) {
      return group;
    }
    throw new PlatformException(PlatformException.NOT_FOUND, "group [" + name + "] not found");
  }

  private static String named(JsonNode given) {
    String name = given.path("name").asText("");
    if (name.isEmpty()) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "name is required");
    }
    return name;
  }

  private static JsonNode json(String text) {
    try {
      return Json.parse(text);
    } catch (UncheckedIOException e) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "no JSON");
    }
  }
}
