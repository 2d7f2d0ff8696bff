package dev.slipway.systems.rates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;

/**
 * An account at Open Exchange Rates, by the vendor's OpenAPI description: the app id goes in the
 * header {@code Authorization: Token}, since a query stands in logs. Asking for the usage counts as
 * no request.
 *
 * <pre>{@code
 * RatesAccount.Usage usage = new RatesAccount(http, appId).usage();
 * usage.requests();    // those of the present month
 * }</pre>
 */
public final class RatesAccount {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "open-exchange-rates";

  private static final URI BASE = URI.create("https://openexchangerates.org/api/");

  private final JsonApi api;

  /**
   * The account's plan and what it has used.
   *
   * @param status {@code active}, or why not
   * @param plan its name, such as {@code Free}
   * @param isBaseFree whether rates may be asked against another currency than the US dollar
   * @param requests those of the present month
   * @param remaining those left in it
   * @param daysElapsed days of the present month of billing
   */
  public record Usage(
      String against,
      String status,
      String plan,
      boolean isBaseFree,
      long requests,
      long remaining,
      long daysElapsed) {

    /** Whether requests were made since an earlier look, of this month or of one before. */
    public boolean isRisenSince(long earlierRequests, long earlierDays) {
      return requests > earlierRequests || (daysElapsed < earlierDays && requests > 0);
    }
  }

  /** Speaks with this app id. */
  public RatesAccount(HttpPort http, String appId) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, BASE)
            .with(call -> call.header("Authorization", "Token " + appId).redacting(appId))
            .withErrors(RatesAccount::refuse);
  }

  /**
   * The account's plan and what it has used.
   *
   * @throws dev.slipway.systems.net.SystemTrouble of kind {@code NOT_PERMITTED} when the account is
   *     not active, or has used up its requests
   */
  public Usage usage() {
    HttpAnswer answer = api.get("usage", "usage.json");
    JsonNode data = answer.json().path("data");
    JsonNode used = data.path("usage");
    if (!data.hasNonNull("status") || !used.path("requests").isIntegralNumber()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Open Exchange Rates' answer is no usage.");
    }
    Usage usage =
        new Usage(
            api.against(),
            data.path("status").asText(),
            data.at("/plan/name").asText("unknown"),
            data.at("/plan/features/base").asBoolean(true),
            used.path("requests").asLong(),
            used.path("requests_remaining").asLong(1),
            used.path("days_elapsed").asLong());
    if (!usage.status().equals("active")) {
      throw answer.trouble(
          Kind.NOT_PERMITTED,
          "The account is not active (%s): look into its billing page.".formatted(usage.status()));
    }
    if (usage.remaining() == 0) {
      throw usedUp(answer);
    }
    return usage;
  }

  /** HTTP 429 is no limit of rate there: the plan lacks what was asked for. */
  private static void refuse(HttpAnswer answer) {
    if (answer.status() == 429 && answer.text().contains("not_allowed")) {
      throw answer.trouble(
          Kind.NOT_PERMITTED, "The account's plan lacks what was asked for: choose another plan.");
    }
    if (answer.status() == 403 && answer.text().contains("access_restricted")) {
      throw usedUp(answer);
    }
  }

  private static RuntimeException usedUp(HttpAnswer answer) {
    return answer.trouble(
        Kind.NOT_PERMITTED,
        "The account has used up its requests of this month: choose a larger plan.");
  }
}
