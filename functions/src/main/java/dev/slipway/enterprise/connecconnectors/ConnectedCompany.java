package dev.slipway.enterprise.connecconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.Connec;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;

/**
 * The test company, connected to an application by an organisation of one of the environment's
 * tenants: the hub shows it on the organisation's app instance, and Connec! has its data. Changes
 * nothing.
 */
final class ConnectedCompany {
  private static final String HUB = MnoHub.SYSTEM;
  private static final String INSTANCES = "GET /api/mnoe/v2/app_instances";

  private final Work work;
  private final HttpPort http;
  private final String nid;
  private final String environment;
  private final String company;

  /**
   * @param organization the uid of the organisation that connected the company
   */
  private record Connection(String tenant, String organization) {}

  ConnectedCompany(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.nid = work.at("application");
    this.environment = work.at("environment");
    this.company = work.element("test-company").path("name").asText();
  }

  /** Whether it is connected; what nobody has connected yet is a person's to do. */
  Finding orPerson() {
    return found(
        find()
            .orElseThrow(
                () ->
                    new SystemTrouble(
                        HUB,
                        Kind.NOT_FOUND,
                        "The hub shows no organisation that connected " + company + " yet.",
                        INSTANCES,
                        host("mnohub"),
                        "")));
  }

  /** It is connected, with keys that are valid. */
  Finding connected() {
    return found(connection());
  }

  /** Its data arrives in Connec!. */
  Finding data() {
    Connection connection = connection();
    if (!work.hasSecret(Connec.SYSTEM)) {
      throw new SystemTrouble(
          Connec.SYSTEM,
          Kind.NOT_PERMITTED,
          "No keys of Connec! were given.",
          "GET /api/v2",
          host("connec"),
          "");
    }
    JsonNode keys = work.secret(Connec.SYSTEM);
    String collection = collection();
    int records =
        new Connec(http, host("connec"), keys.path("key").asText(), keys.path("secret").asText())
            .records(connection.organization(), collection);
    if (records < 1) {
      throw unmet(
              "connec.no-data",
              Connec.SYSTEM,
              "Connec! has no " + collection + " of " + company + ".",
              "See that Connec! was redeployed with the keys (of a Xero partner app also with its"
                  + " private key: a deployment without it says nothing)")
          .lookedAtAgain(work.now().plusSeconds(900));
    }
    return new Finding(
        "GET /api/v2/{organization}/" + collection,
        host("connec"),
        "at least " + records + " record(s) of " + collection);
  }

  /** The application's records that every provider of its kind has. */
  private String collection() {
    return nid.equals("eventbrite") ? "events" : "accounts";
  }

  private Connection connection() {
    return find()
        .orElseThrow(
            () ->
                unmet(
                    "connector.not-connected",
                    HUB,
                    "The hub shows no valid keys of " + company + " for " + nid + ".",
                    "See that the keys were put into the hub, and have the company connected again"));
  }

  private Finding found(Connection connection) {
    return new Finding(
        INSTANCES,
        host("mnohub"),
        "valid keys of " + company + ", connected at the tenant " + connection.tenant());
  }

  private Optional<Connection> find() {
    for (JsonNode tenant : work.element("tenants").path(environment).path("list")) {
      String name = tenant.path("name").asText();
      String credential = HUB + "@" + environment + "." + name;
      if (work.hasSecret(credential)) {
        MnoHub hub = MnoHub.of(http, host("mnohub"), work.secret(credential));
        Optional<Connection> found = find(hub, name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Connection> find(MnoHub hub, String tenant) {
    Optional<String> owner =
        hub.instancesOf(nid).stream()
            .filter(instance -> instance.text("oauth_keys_valid").equals("true"))
            .filter(instance -> instance.text("oauth_company").equalsIgnoreCase(company))
            .map(instance -> instance.text("owner_id"))
            .findFirst();
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    List<Resource> organizations = hub.organizations();
    return organizations.stream()
        .filter(organization -> organization.id().equals(owner.get()))
        .map(organization -> new Connection(tenant, organization.text("uid")))
        .findFirst();
  }

  private String host(String component) {
    return work.element("component-hosts").path(environment).path(component).asText();
  }

  private static UnmetRequirement unmet(
      String code, String system, String message, String nextStep) {
    return new UnmetRequirement(code, system, "test-company", message, nextStep + "; then retry.");
  }
}
