package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code billing.account} as the administrator uses it, and the link into the billing portal. The
 * shapes of answers and the numbers of statuses are unverified; 2207 is the platform's known code
 * for an error of the external billing system.
 */
final class BillingMethods {

  private static final int EXTERNAL_BILLING_ERROR = 2207;

  /** The cloudlets of a small container. */
  private static final int CLOUDLETS = 2;

  private final World world;

  BillingMethods(World world) {
    this.world = world;
  }

  List<PlatformMethod> methods() {
    String service = "billing.account.";
    List<String> uid = List.of("uid");
    return List.of(
        PlatformMethod.of(service + "GetExternBillingSystems", List.of(), this::externalSystems),
        PlatformMethod.of(service + "GetAccounts", List.of("filterValue"), this::accounts),
        PlatformMethod.of(service + "ConvertToCommercial", List.of("customer"), this::convert),
        PlatformMethod.of(service + "ChargeAccountByUid", uid, this::charge),
        PlatformMethod.of(service + "SetAccountStatus", uid, this::setStatus),
        PlatformMethod.of(service + "GetAccountBillingHistoryByPeriod", List.of(), this::history),
        PlatformMethod.of("billing.integration.GetSSOUrl", List.of("path"), this::singleSignOn));
  }

  private ObjectNode externalSystems(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          Json.strings(part.path("externBilling"))
              .forEach(name -> array.addObject().put("name", name));
          return Json.object().set("array", array);
        });
  }

  private ObjectNode accounts(PlatformCall call) {
    String email = call.optional("filterValue").orElse("");
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          part.path("billingAccounts")
              .properties()
              .forEach(
                  each -> {
                    // A filter finds beginnings, too.
                    if (each.getKey().startsWith(email)) {
                      array.add(shown(each.getKey(), each.getValue()));
                    }
                  });
          return Json.object().set("array", array);
        });
  }

  private static ObjectNode shown(String email, JsonNode account) {
    ObjectNode shown =
        Json.object()
            .put("uid", account.path("uid").asInt())
            .put("email", email)
            .put("status", account.path("status").asInt())
            .put("bonus", 0);
    shown.set("balance", Json.of(new BigDecimal(account.path("balance").asText("0"))));
    shown
        .putObject("group")
        .put("name", account.path("groupType").asText())
        .put("groupType", account.path("groupType").asText());
    return shown;
  }

  private ObjectNode convert(PlatformCall call) {
    JsonNode customer = Json.parse(call.required("customer"));
    String email = email(customer.path("uid").asLong());
    world.edit(
        Platform.SYSTEM,
        part ->
            ((ObjectNode) part.path("billingAccounts").path(email)).put("groupType", "billing"));
    return Json.object();
  }

  private ObjectNode charge(PlatformCall call) {
    String email = email(number(call.required("uid")));
    call.required("description");
    BillingAccounts.book(world, email, new BigDecimal(call.required("amount")).negate());
    return Json.object();
  }

  private ObjectNode setStatus(PlatformCall call) {
    String email = email(number(call.required("uid")));
    BillingAccounts.setStatus(world, email, (int) number(call.required("status")));
    return Json.object();
  }

  /**
   * The real one counts every hour, a quarter past. This one counts at once, so that a run need not
   * wait for it, unless {@code platform.usage.counted} is false.
   */
  private ObjectNode history(PlatformCall call) {
    call.required("startTime");
    call.required("endTime");
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          for (Map.Entry<String, JsonNode> each : part.path("environments").properties()) {
            if (each.getValue().path("env").path("uid").asInt() == call.caller().uid()
                && part.path("usage").path("counted").asBoolean(true)) {
              array
                  .addObject()
                  .put("envName", each.getKey())
                  .set("cost", Json.of(price(part).multiply(new BigDecimal(CLOUDLETS))));
            }
          }
          return Json.object().set("array", array);
        });
  }

  /** The price of one dynamic cloudlet for an hour; zero before there are tariffs. */
  private static BigDecimal price(JsonNode part) {
    for (JsonNode tariff : part.path("tariffs")) {
      if (tariff.path("type").asText().equals("dynamic-cloudlets")) {
        return new BigDecimal(tariff.path("tiers").path(0).path("price").asText("0"));
      }
    }
    return BigDecimal.ZERO;
  }

  private ObjectNode singleSignOn(PlatformCall call) {
    String token = UUID.randomUUID().toString().replace("-", "");
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode sso = part.withObjectProperty("sso");
          if (!sso.path("connected").asBoolean(false)) {
            throw new PlatformException(
                EXTERNAL_BILLING_ERROR, "external billing error: single sign-on is not set up");
          }
          sso.withObjectProperty("tokens").put(token, call.caller().login());
        });
    return Json.object()
        .put("url", "https://" + SandboxDefaults.BILLING_HOST + "/sso.php?token=" + token);
  }

  private String email(long uid) {
    return BillingAccounts.emailOf(world, uid)
        .orElseThrow(
            () ->
                new PlatformException(
                    PlatformException.NOT_FOUND, "account [" + uid + "] not found"));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "no number");
    }
  }
}
