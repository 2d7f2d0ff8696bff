package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.maestrano.Nex;
import dev.slipway.systems.maestrano.Ping;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One component of the stack in one environment, as it is looked at from outside: whether it
 * answers, and whether its API does what only a working one does.
 */
final class StackComponent {
  private final Work work;
  private final HttpPort http;
  private final String environment;
  private final String name;

  StackComponent(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.environment = work.at("environment");
    this.name = work.at("component");
  }

  /** Such as {@code mnohub}. */
  String name() {
    return name;
  }

  String host() {
    return work.element("component-hosts").path(environment).path(name).asText();
  }

  /** The field of the element that names its host. */
  String field() {
    return "component-hosts." + environment + "." + name;
  }

  /** Its version and package in the release. */
  JsonNode release() {
    return work.element("release").path(name);
  }

  /** It answers its ping. */
  Finding ping() {
    return PingLook.of(work, Ping.of(http, name, host(), "/ping"), name, field());
  }

  /** Whether more than the ping can be asked from outside: nothing is known of Impac!. */
  boolean hasApi() {
    return !name.equals("impac");
  }

  /** Of the hub's API the form is published; of the others a person tells what else they answer. */
  Set<Kind> leftToPerson() {
    return name.equals("mnohub")
        ? Set.of(Kind.NOT_PERMITTED)
        : Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED, Kind.NOT_UNDERSTOOD);
  }

  /** Its API answers as that of a working component does. */
  Finding works() {
    return switch (name) {
      case "mnohub" -> hub();
      case "connec" -> connec();
      default -> nex();
    };
  }

  /** The hub knows a tenant's keys, and has a catalogue. */
  private Finding hub() {
    String credential = tenantKeys();
    MnoHub hub = MnoHub.of(http, host(), work.secret(credential));
    try {
      return new Finding(
          "GET /api/mnoe/v2/apps", hub.against(), hub.apps().size() + " application(s)");
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      throw new UnmetRequirement(
          "mnohub.tenant-refused",
          name,
          "credential:" + credential,
          trouble.getMessage(),
          "Store the keys that the hub's console shows for this tenant.");
    }
  }

  /** Those of a tenant that were stored, or else of the first one. */
  private String tenantKeys() {
    List<String> names =
        work.element("tenants")
            .valueStream()
            .map(tenant -> MnoHub.SYSTEM + "@" + environment + "." + tenant.asText())
            .toList();
    Optional<String> stored = names.stream().filter(work::hasSecret).findFirst();
    return stored.orElseGet(
        () ->
            names.stream()
                .findFirst()
                .orElseThrow(
                    () ->
                        new UnmetRequirement(
                            "mnohub.no-tenant",
                            "mnohub",
                            "tenants",
                            "No tenant of " + environment + " is named, by whose keys to ask.",
                            "Name one in the element `tenants`.")));
  }

  /** Connec! asks for a login; that it accepts one shows when an organization is there. */
  private Finding connec() {
    JsonApi api =
        new JsonApi(http, name, Destination.CUSTOMER, URI.create("https://" + host() + "/api/v2/"));
    HttpAnswer answer = http.send(api.call("GET /api/v2/any/company", "any/company"));
    if (answer.status() != 401) {
      answer.orTrouble();
      throw new UnmetRequirement(
          "connec.open",
          name,
          field(),
          answer.call().against() + " answers data to whoever asks, without a login.",
          "Look at its configuration before anything is stored in it.");
    }
    return new Finding("GET /api/v2/any/company", api.against(), "HTTP 401: it wants a login");
  }

  /** Nex! accepts the key, and lists applications. */
  private Finding nex() {
    JsonNode secret = work.secret(Nex.SYSTEM);
    Nex nex =
        new Nex(http, URI.create(secret.path("endpoint").asText()), secret.path("apiKey").asText());
    return new Finding("GET /api/v1/apps", nex.against(), nex.requireAccess() + " application(s)");
  }
}
