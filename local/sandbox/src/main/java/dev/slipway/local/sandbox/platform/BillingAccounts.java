package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The platform's billing accounts, as the connector of an external billing system handles them. The
 * world's part {@code platform}: {@code billingAccounts} (by e-mail: {@code uid}, {@code
 * groupType}, {@code status}, {@code balance}), {@code externBilling} (names of the systems
 * connected), {@code sso.tokens} (links not used yet, to whose they are).
 */
public final class BillingAccounts {

  /** The status of an active account (unverified number). */
  static final int ACTIVE = 1;

  private static final int SUSPENDED = 2;

  private BillingAccounts() {}

  /** Whether a billing system is connected. */
  public static boolean connected(World world) {
    return world.read(Platform.SYSTEM, part -> !part.path("externBilling").isEmpty());
  }

  /** Opens a trial account; one that is there stays. */
  public static void open(World world, String email) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode accounts = part.withObjectProperty("billingAccounts");
          if (!accounts.has(email)) {
            accounts
                .putObject(email)
                .put("uid", AddressMethods.nextId(part))
                .put("groupType", "trial")
                .put("status", ACTIVE)
                .put("balance", "0.00");
          }
        });
  }

  /** Adds to an account's balance, or takes off it. */
  public static void book(World world, String email, BigDecimal amount) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          if (part.path("billingAccounts").path(email) instanceof ObjectNode account) {
            BigDecimal balance = new BigDecimal(account.path("balance").asText("0"));
            account.put("balance", balance.add(amount).toPlainString());
          }
        });
  }

  /** Makes a paying account of one on trial. */
  public static void convert(World world, String email) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          if (part.path("billingAccounts").path(email) instanceof ObjectNode account) {
            account.put("groupType", "billing");
          }
        });
  }

  /** Suspends an account. */
  public static void suspend(World world, String email) {
    setStatus(world, email, SUSPENDED);
  }

  static void setStatus(World world, String email, int status) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          if (part.path("billingAccounts").path(email) instanceof ObjectNode account) {
            account.put("status", status);
          }
        });
  }

  static Optional<String> emailOf(World world, long uid) {
    return world.read(
        Platform.SYSTEM,
        part ->
            part.path("billingAccounts").properties().stream()
                .filter(each -> each.getValue().path("uid").asLong() == uid)
                .map(Map.Entry::getKey)
                .findFirst());
  }

  /** Redeems the token of a link into the portal: whose it is, once. */
  public static Optional<String> redeem(World world, String token) {
    return world.change(
        Platform.SYSTEM,
        part -> {
          ObjectNode sso = part.withObjectProperty("sso");
          JsonNode whose = sso.withObjectProperty("tokens").path(token);
          if (!sso.path("reusable").asBoolean(false)) {
            sso.withObjectProperty("tokens").remove(token);
          }
          return whose.isTextual() ? Optional.of(whose.asText()) : Optional.empty();
        });
  }

  static void defaults(ObjectNode part) {
    part.putObject("billingAccounts");
    part.putArray("externBilling");
    part.putObject("sso").put("connected", false).put("reusable", false).putObject("tokens");
    part.putArray("tariffs");
    part.putArray("pricing");
    ObjectNode groups = part.putObject("groups");
    for (String type : List.of("trial", "billing")) {
      groups.putObject(type).put("type", type).putObject("models");
    }
    part.putObject("rates").put("USD", "1.0831").put("GBP", "0.8433").put("CHF", "0.9349");
    part.set("licenceGrids", Json.texts(List.of()));
  }
}
