package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The platform's own billing, as rows V11 to V13 need it, with an administrator's token: currency,
 * tariffs, pricing models, groups and accounts. Throws as {@link PlatformClient} does.
 *
 * <p>Methods and the names of their parameters are those of a public client; the content of their
 * JSON parameters and answers is unverified, hence read tolerantly and looked at again after each
 * change. Amounts of money are decimal, never binary.
 */
public final class PlatformBilling {

  private static final String SYSTEM = "platform";

  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param base the API's base address, see {@link PlatformAddress}
   * @param token an administrator's personal token
   */
  public PlatformBilling(HttpPort http, URI base, String token) {
    this.calls = new PlatformCalls(http, SYSTEM, base, token);
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /** The main currency, ISO 4217. */
  public String currency() {
    JsonNode answer = calls.read(PlatformMethod.GET_PLATFORM_CURRENCY, Map.of());
    JsonNode inside = answer.path("currency").isObject() ? answer.path("currency") : answer;
    if (answer.path("object").isObject()) {
      inside = answer.path("object");
    }
    String code =
        PlatformAnswers.text(inside, "code", "currency", "currencyCode").toUpperCase(Locale.ROOT);
    if (!code.matches("[A-Z]{3}")) {
      throw notUnderstood(PlatformMethod.GET_PLATFORM_CURRENCY, answer, "a currency code");
    }
    return code;
  }

  /** The other currencies and their rates. */
  public List<Rate> rates() {
    JsonNode answer = calls.read(PlatformMethod.GET_CURRENCIES, Map.of());
    List<Rate> rates = new ArrayList<>();
    for (JsonNode item : PlatformAnswers.items(answer)) {
      String code =
          PlatformAnswers.text(item, "code", "currency", "currencyCode").toUpperCase(Locale.ROOT);
      String rate = PlatformAnswers.text(item, "rate", "exchangeRate", "value");
      if (!rate.isEmpty()) {
        rates.add(new Rate(code, decimal(PlatformMethod.GET_CURRENCIES, answer, rate)));
      }
    }
    return List.copyOf(rates);
  }

  /** All tariffs. */
  public List<Tariff> tariffs() {
    JsonNode answer = calls.read(PlatformMethod.GET_TARIFFS, Map.of());
    return PlatformAnswers.items(answer).stream().map(item -> tariff(item, answer)).toList();
  }

  /** Adds a tariff. Its name is not checked by the platform: look it up first. */
  public void addTariff(Tariff tariff) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", tariff.name()).put("type", tariff.type());
    ArrayNode tiers = json.putArray("tiers");
    for (PriceTier tier : tariff.tiers()) {
      tiers
          .addObject()
          .put("value", tier.from().toPlainString())
          .put("price", tier.price().toPlainString());
    }
    calls.write(PlatformMethod.ADD_TARIFF, Map.of("tariff", json.toString()));
  }

  /** All pricing models. */
  public List<PricingModel> pricing() {
    return PlatformAnswers.items(calls.read(PlatformMethod.GET_PRICING, Map.of())).stream()
        .map(
            item ->
                new PricingModel(
                    PlatformAnswers.text(item, "id", "pricingId"),
                    PlatformAnswers.text(item, "name", "uniqueName", "uniqName"),
                    PlatformAnswers.texts(item, "tariffs", "name"),
                    PlatformAnswers.texts(item, "tariffGrids", "name")))
        .toList();
  }

  /**
   * Adds a pricing model. Its name is not checked by the platform: look it up first.
   *
   * @param tariffIds the platform's numbers of its tariffs
   * @param grids the names of licence grids
   */
  public void addPricing(String name, List<String> tariffIds, List<String> grids) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("pricing", JsonNodeFactory.instance.objectNode().put("name", name).toString());
    parameters.put("tariffIds", String.join(",", tariffIds));
    if (!grids.isEmpty()) {
      parameters.put("tariffGridNames", String.join(",", grids));
    }
    calls.write(PlatformMethod.ADD_PRICING, parameters);
  }

  /** The groups of customers: name to type. */
  public Map<String, String> groups() {
    Map<String, String> groups = new TreeMap<>();
    PlatformAnswers.items(calls.read(PlatformMethod.GET_GROUPS, Map.of()))
        .forEach(
            item ->
                groups.put(
                    PlatformAnswers.text(item, "name"),
                    PlatformAnswers.text(item, "type", "groupType").toLowerCase(Locale.ROOT)));
    return groups;
  }

  /** Adds a group of customers. */
  public void addGroup(String type, String name) {
    calls.write(PlatformMethod.ADD_GROUP, Map.of("type", type, "name", name));
  }

  /** The model of a group in each region: region to the model's name or number. */
  public Map<String, String> pricingModels(String group) {
    Map<String, String> models = new TreeMap<>();
    PlatformAnswers.items(calls.read(PlatformMethod.GET_PRICING_MODELS, Map.of("groupName", group)))
        .forEach(
            item ->
                models.put(
                    PlatformAnswers.text(item, "region", "hardwareNodeGroup", "hdNodeGroup"),
                    PlatformAnswers.text(item, "pricingId", "pricing", "id", "name")));
    return models;
  }

  /**
   * Assigns models to a group, all regions at once.
   *
   * @param models region to the model's number
   */
  public void setPricingModels(String group, Map<String, String> models) {
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    models.forEach(
        (region, model) -> data.addObject().put("region", region).put("pricingId", model));
    calls.write(
        PlatformMethod.SET_PRICING_MODELS, Map.of("groupName", group, "data", data.toString()));
  }

  /** The names of the external billing systems that are connected. */
  public List<String> externalSystems() {
    return PlatformAnswers.items(calls.read(PlatformMethod.GET_EXTERN_BILLING_SYSTEMS, Map.of()))
        .stream()
        .map(item -> item.isTextual() ? item.asText() : PlatformAnswers.text(item, "name", "type"))
        .toList();
  }

  /** A customer's account by its address. */
  public Optional<BillingAccount> account(String email) {
    JsonNode answer =
        calls.read(
            PlatformMethod.GET_ACCOUNTS,
            Map.of(
                "filterField",
                "email",
                "filterValue",
                email,
                "startRow",
                "0",
                "resultCount",
                "10"));
    return PlatformAnswers.items(answer).stream()
        .filter(item -> PlatformAnswers.text(item, "email", "login").equalsIgnoreCase(email))
        .findFirst()
        .map(item -> account(item, answer));
  }

  /** Makes a trial account a commercial one. */
  public void convertToCommercial(long uid, String email) {
    String customer =
        JsonNodeFactory.instance.objectNode().put("uid", uid).put("email", email).toString();
    calls.write(PlatformMethod.CONVERT_TO_COMMERCIAL, Map.of("customer", customer));
  }

  /**
   * Takes money off an account. <b>Cannot be looked up or taken back</b>: note the intent first.
   */
  public void charge(long uid, BigDecimal amount, String description) {
    calls.write(
        PlatformMethod.CHARGE_ACCOUNT,
        Map.of(
            "uid",
            String.valueOf(uid),
            "amount",
            amount.toPlainString(),
            "description",
            description));
  }

  /** Sets an account's status, see {@link BillingAccount}. */
  public void setStatus(long uid, int status) {
    calls.write(
        PlatformMethod.SET_ACCOUNT_STATUS,
        Map.of("uid", String.valueOf(uid), "status", String.valueOf(status)));
  }

  private BillingAccount account(JsonNode item, JsonNode answer) {
    JsonNode group = item.path("group");
    String type =
        group.isObject()
            ? PlatformAnswers.text(group, "groupType", "type")
            : PlatformAnswers.text(item, "groupType", "group");
    String balance = PlatformAnswers.text(item, "balance");
    String bonus = PlatformAnswers.text(item, "bonus");
    PlatformMethod method = PlatformMethod.GET_ACCOUNTS;
    return new BillingAccount(
        item.path("uid").asLong(),
        PlatformAnswers.text(item, "email", "login"),
        type,
        item.path("status").asInt(),
        balance.isEmpty()
            ? Optional.empty()
            : Optional.of(
                decimal(method, answer, balance)
                    .add(bonus.isEmpty() ? BigDecimal.ZERO : decimal(method, answer, bonus))));
  }

  private Tariff tariff(JsonNode item, JsonNode answer) {
    List<PriceTier> tiers = new ArrayList<>();
    for (JsonNode tier : item.path("tiers")) {
      tiers.add(
          new PriceTier(
              decimal(
                  PlatformMethod.GET_TARIFFS, answer, PlatformAnswers.text(tier, "value", "from")),
              decimal(
                  PlatformMethod.GET_TARIFFS,
                  answer,
                  PlatformAnswers.text(tier, "price", "cost"))));
    }
    tiers.sort(Comparator.comparing(PriceTier::from));
    return new Tariff(
        PlatformAnswers.text(item, "id"),
        PlatformAnswers.text(item, "name", "uniqueName", "uniqName"),
        PlatformAnswers.text(item, "type"),
        tiers);
  }

  private BigDecimal decimal(PlatformMethod method, JsonNode answer, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw notUnderstood(method, answer, "an amount");
    }
  }

  private SystemTrouble notUnderstood(PlatformMethod method, JsonNode answer, String what) {
    return new SystemTrouble(
        SYSTEM,
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        "The platform answered " + method.permission() + " without " + what + ".",
        method.permission(),
        against(),
        calls.forTheRecord(answer));
  }
}
