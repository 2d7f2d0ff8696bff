package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The protection of accounts: {@code system.admin} and {@code users.registration}. Names and
 * parameters are those of the public client py-jelastic; the answers' forms are this stand-in's
 * own. Once a second factor is mandatory, who is not trusted gets nothing but error 8202, as a
 * token without one would: so a lock-out shows.
 *
 * <p>The world's part {@code platform.accounts}: {@code mandatory}, {@code days}, {@code
 * trustedUsers}, {@code smsCountries}.
 */
final class AccountMethods {
  private final World world;

  AccountMethods(World world) {
    this.world = world;
  }

  static ObjectNode defaults() {
    ObjectNode accounts = Json.object().put("mandatory", false).put("days", 0);
    accounts.putArray("trustedUsers");
    accounts.putArray("smsCountries");
    return accounts;
  }

  List<PlatformMethod> methods() {
    return List.of(
        PlatformMethod.of("system.admin.GetAdminUsersInfo", List.of(), this::info),
        PlatformMethod.of("system.admin.EnableMandatory2fa", List.of("trustedUsers"), this::enable),
        PlatformMethod.of("system.admin.DisableMandatory2fa", List.of(), this::disable),
        PlatformMethod.of("users.registration.GetSmsListData", List.of(), this::smsData));
  }

  Map<String, Act> acts() {
    return Map.of(
        "require-second-factor", this::requireByHand, "set-up-sms-activation", this::setUpSms);
  }

  /** Whether a login is kept out. */
  boolean locksOut(String login, int uid) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode accounts = part.path("accounts");
          boolean administrator =
              Json.strings(part.path("users").path(login).path("permissions")).contains("*");
          return uid != 0
              && administrator
              && accounts.path("mandatory").asBoolean()
              && accounts.path("days").asInt() == 0
              && !Json.strings(accounts.path("trustedUsers")).contains(login);
        });
  }

  private ObjectNode info(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode accounts = part.path("accounts");
          ObjectNode answer = Json.object();
          answer.put("mandatory2fa", accounts.path("mandatory").asBoolean());
          answer.set("trustedUsers", accounts.path("trustedUsers").deepCopy());
          part.path("users")
              .properties()
              .forEach(
                  user -> {
                    if (Json.strings(user.getValue().path("permissions")).contains("*")) {
                      answer
                          .withArrayProperty("array")
                          .addObject()
                          .put("login", user.getKey())
                          .put("is2faEnabled", false);
                    }
                  });
          return answer;
        });
  }

  private ObjectNode enable(PlatformCall call) {
    require(
        Integer.parseInt(call.optional("period").orElse("0")),
        Arrays.asList(call.optional("trustedUsers").orElse("").split("[,;] *", -1)));
    return Json.object();
  }

  private ObjectNode disable(PlatformCall call) {
    world.edit(
        Platform.SYSTEM, part -> part.withObjectProperty("accounts").put("mandatory", false));
    return Json.object();
  }

  private ObjectNode smsData(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> Json.object().set("array", part.path("accounts").path("smsCountries").deepCopy()));
  }

  private JsonNode requireByHand(JsonNode details) {
    require(details.path("days").asInt(14), Json.strings(details.path("trustedUsers")));
    return Json.object().put("mandatory", true);
  }

  private JsonNode setUpSms(JsonNode details) {
    List<String> countries = Json.strings(details.path("countries"));
    world.edit(
        Platform.SYSTEM,
        part -> part.withObjectProperty("accounts").set("smsCountries", Json.texts(countries)));
    return Json.object().put("countries", countries.size());
  }

  private void require(int days, List<String> trusted) {
    world.edit(
        Platform.SYSTEM,
        part ->
            part.withObjectProperty("accounts")
                .put("mandatory", true)
                .put("days", days)
                .set("trustedUsers", Json.texts(trusted)));
  }
}
