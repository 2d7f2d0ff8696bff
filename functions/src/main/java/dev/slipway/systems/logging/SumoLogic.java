package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sumo Logic's API. An account lives in one deployment; another one answers HTTP 301, and its
 * {@code Location} names the right one. Slipway does not follow: the deployment found is told.
 * Requests and answers are those of the vendor's OpenAPI description and its page on
 * troubleshooting; unverified against an account.
 */
public final class SumoLogic {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "sumo-logic";

  private static final Pattern HOST = Pattern.compile("api(?:\\.([a-z0-9]+))?\\.sumologic\\.com");

  private final JsonApi api;

  /**
   * The account's plan.
   *
   * @param against the host that was asked
   * @param plan {@code Free}, {@code Trial} or {@code Paid}
   * @param daysLeft until the plan expires, if it does
   */
  public record Plan(String against, String plan, Optional<Integer> daysLeft) {}

  /**
   * @param deployment such as {@code eu}; {@code us1} is the first one, which has no name of its
   *     own
   */
  public SumoLogic(HttpPort http, String deployment, String accessId, String accessKey) {
    String host = deployment.equals("us1") ? "api" : "api." + deployment;
    this.api =
        new JsonApi(
                http,
                SYSTEM,
                Destination.VENDOR,
                URI.create("https://" + host + ".sumologic.com/api/"))
            .with(Authentication.basic(accessId, accessKey))
            .withErrors(SumoLogic::refuseElsewhere);
  }

  /** The account's plan. */
  public Plan plan() {
    HttpAnswer answer = api.get("account status", "v1/account/status");
    JsonNode status = answer.json();
    if (!status.hasNonNull("planType") || !status.hasNonNull("applicationUse")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Sumo Logic's answer is no account status.");
    }
    return new Plan(
        api.against(),
        status.path("planType").asText(),
        Optional.of(status.path("planExpirationDays"))
            .filter(JsonNode::isInt)
            .map(JsonNode::asInt));
  }

  private static void refuseElsewhere(HttpAnswer answer) {
    if (answer.status() == 301) {
      answer
          .header("location")
          .flatMap(SumoLogic::deployment)
          .ifPresent(
              found -> {
                throw answer.trouble(
                    Kind.WRONG_PLACE,
                    "The account is in another deployment of Sumo Logic: set logging.deployment to "
                        + found
                        + ".");
              });
    }
  }

  private static Optional<String> deployment(String location) {
    try {
      Matcher host = HOST.matcher(Optional.ofNullable(URI.create(location).getHost()).orElse(""));
      return host.matches()
          ? Optional.of(Optional.ofNullable(host.group(1)).orElse("us1"))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
