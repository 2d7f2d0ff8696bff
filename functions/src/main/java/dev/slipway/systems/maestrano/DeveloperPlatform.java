package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The developer platform, asked with the keys of one environment of an application: {@code GET
 * /api/config/v1/marketplaces} is all that it answers to a machine (maestrano-ruby, {@code
 * lib/maestrano/auto_configure.rb}; the rest of it is pages for people). UAT and Production are two
 * platforms, each with keys of its own.
 *
 * <pre>{@code
 * DeveloperPlatform platform = new DeveloperPlatform(http, "uat", key, secret);
 * platform.marketplaces();   // each with the application's keys at its hub
 * }</pre>
 */
public final class DeveloperPlatform {
  /** The system's name in problems. */
  public static final String SYSTEM = "developer-platform";

  private static final String PATH = "api/config/v1/marketplaces";

  /** By our environment. */
  private static final Map<String, String> HOSTS =
      Map.of("uat", "developer-uat.maestrano.io", "production", "developer.maestrano.com");

  private final HttpPort http;
  private final String environment;
  private final Authentication login;

  /**
   * A marketplace to which the environment of the application is linked.
   *
   * @param name such as {@code customer-uat}
   * @param environment the environment's name on the developer platform
   * @param apiHost the hub, such as {@code https://hub.customer.example}
   * @param apiId as whom the application speaks to the hub, and the hub to the application
   * @param apiKey the secret that belongs to it
   */
  public record Marketplace(
      String name, String environment, String apiHost, String apiId, String apiKey) {
    @Override
    public String toString() {
      return name + ", environment " + environment;
    }
  }

  /**
   * @param environment {@code uat} or {@code production}
   * @param key the key of an application's environment
   * @param secret the secret that belongs to it
   */
  public DeveloperPlatform(HttpPort http, String environment, String key, String secret) {
    this.http = http;
    this.environment = environment;
    this.login = Authentication.basic(key, secret);
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return "https://" + HOSTS.get(environment);
  }

  /**
   * The marketplaces to which the environment of the application is linked; none before that.
   *
   * @throws SystemTrouble of kind {@code WRONG_PLACE} if the keys are those of the other
   *     environment's platform, and of the usual kinds
   */
  public List<Marketplace> marketplaces() {
    try {
      return marketplaces(environment);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      String other = environment.equals("uat") ? "production" : "uat";
      if (!isKnownAt(other)) {
        throw trouble;
      }
      throw trouble.as(
          Kind.WRONG_PLACE,
          "These are keys of %s: %s knows them, and %s does not."
              .formatted(other, HOSTS.get(other), HOSTS.get(environment)));
    }
  }

  private boolean isKnownAt(String other) {
    try {
      marketplaces(other);
      return true;
    } catch (SystemTrouble unknown) {
      return false;
    }
  }

  private List<Marketplace> marketplaces(String where) {
    URI base = URI.create("https://" + HOSTS.get(where) + "/");
    HttpAnswer answer =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base).with(login).get("GET /" + PATH, PATH);
    JsonNode listed = body(answer).path("marketplaces");
    List<Marketplace> found = new ArrayList<>();
    for (JsonNode each : listed) {
      JsonNode api = each.path("api");
      found.add(
          new Marketplace(
              each.path("marketplace").asText(),
              each.path("environment").asText(),
              api.path("host").asText(),
              api.path("id").asText(),
              api.path("key").asText()));
    }
    if (!listed.isArray() || found.stream().anyMatch(each -> each.name().isEmpty())) {
      throw unreadable(answer, "The developer platform's answer is no list of marketplaces.");
    }
    return List.copyOf(found);
  }

  /** The answer holds the application's keys at each hub: no trouble quotes it. */
  private static JsonNode body(HttpAnswer answer) {
    try {
      return answer.json();
    } catch (SystemTrouble trouble) {
      throw unreadable(answer, trouble.getMessage());
    }
  }

  private static SystemTrouble unreadable(HttpAnswer answer, String message) {
    return new SystemTrouble(
        SYSTEM,
        Kind.NOT_UNDERSTOOD,
        message,
        answer.call().asked(),
        answer.call().against(),
        "HTTP " + answer.status());
  }
}
