package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.OptionalLong;

/**
 * A tenant's frontend, as each visitor may ask it (maestrano/mno-enterprise, 3.x to 5.0:
 * status_controller.rb, config_controller.rb, health_check.rb).
 *
 * <pre>{@code
 * Express express = new Express(http, "acme.uat.customer.example");
 * express.version().hub();                          // hub.uat.customer.example
 * express.config(4).value("dashboard.dock.enabled"); // what a visitor's browser gets
 * }</pre>
 */
public final class Express {
  /** Its name in troubles. */
  public static final String SYSTEM = "express";

  private static final int OK = 200;
  private static final int FAILING = 500;

  private final HttpPort http;
  private final String host;

  public Express(HttpPort http, String host) {
    this.http = http;
    this.host = host;
  }

  /**
   * What runs there.
   *
   * @param application the version of the customer's own frontend
   * @param enterprise the version of mno-enterprise in it, such as {@code 4.0.3}
   * @param environment such as {@code production}
   * @param hub the host of the hub that it speaks to
   */
  public record Version(String application, String enterprise, String environment, String hub) {

    /** The series of mno-enterprise: 3, 4 or 5; 0 where the version does not tell. */
    public int series() {
      String first = enterprise.split("\\.", 2)[0];
      return first.matches("\\d{1,3}") ? Integer.parseInt(first) : 0;
    }
  }

  /**
   * The answer of its own health check.
   *
   * @param isHealthy whether every check passed
   * @param said the first line of the answer
   */
  public record Health(boolean isHealthy, String said) {

    /** Whether the check of the hub failed: also while the hub's catalogue has no application. */
    public boolean lacksHub() {
      return said.contains("MNO-HUB");
    }
  }

  /** Scheme and host. */
  public String against() {
    return "https://" + host;
  }

  /** Whether it answers at all. */
  public Ping ping() {
    return Ping.of(http, SYSTEM, host, "/mnoe/ping");
  }

  /** What runs there. The code spells a key {@code mno-enteprise-version}; both are read. */
  public Version version() {
    HttpAnswer answer = ask("/mnoe/version").orTrouble();
    JsonNode said = answer.json();
    String enterprise =
        said.path("mno-enterprise-version").asText(said.path("mno-enteprise-version").asText(""));
    String hub = said.path("mno-api-host").asText("");
    if (enterprise.isEmpty() || hub.isEmpty()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD, against() + " answers its version without version and hub.");
    }
    return new Version(
        said.path("app-version").asText(""),
        enterprise,
        said.path("env").asText(""),
        hub.replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", ""));
  }

  /** Its own health check: of its hub, among other things. */
  public Health health() {
    HttpAnswer answer = ask("/mnoe/health_check/full");
    String text = answer.text().strip();
    boolean isText = !text.isEmpty() && !text.startsWith("<");
    if (!isText || (answer.status() != OK && answer.status() != FAILING)) {
      answer.orTrouble();
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD, against() + " answers its health check with a page.");
    }
    String first = text.lines().findFirst().orElse("");
    return new Health(
        answer.status() == OK && text.startsWith("success"),
        first.substring(0, Math.min(first.length(), 200)));
  }

  /**
   * When the configuration was made that it runs with, in seconds since 1970; empty where it tells
   * none: it has none of the hub's, or is of series 3.
   */
  public OptionalLong configuredAt() {
    HttpAnswer answer = ask("/mnoe/config.json");
    String text = answer.text().strip();
    if (answer.status() == 404 || (answer.isSuccess() && text.equals("null"))) {
      return OptionalLong.empty();
    }
    if (answer.orTrouble().isSuccess() && text.matches("\\d{1,15}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    throw answer.trouble(
        Kind.NOT_UNDERSTOOD, against() + " answers the time of its configuration with no number.");
  }

  /** The configuration that a visitor's browser gets; series 3 serves it as an asset. */
  public VisitorConfig config(int series) {
    String path = series == 3 ? "/assets/mno_enterprise/config.js" : "/mnoe/config.js";
    return VisitorConfig.of(ask(path).orTrouble());
  }

  private HttpAnswer ask(String path) {
    return http.send(
        HttpCall.get(
            SYSTEM,
            "GET " + path,
            Destination.CUSTOMER,
            URI.create(against() + path),
            Redactor.none()));
  }
}
