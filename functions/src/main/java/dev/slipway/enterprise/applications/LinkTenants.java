package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.Connector;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.maestrano.DeveloperPlatform.Marketplace;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * M24: each tenant of an environment that wants an application has it in its catalogue, and no
 * other. A machine enables it as the tenant, if the hub lets it; else the vendor does in the hub's
 * console. Of a connector on premise a first synchronisation is proved, too.
 */
public final class LinkTenants extends TaskFunction {
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public LinkTenants() {
    this(FunctionContext.lambda());
  }

  public LinkTenants(FunctionContext context) {
    this(context, context.egress());
  }

  LinkTenants(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    EnvironmentTenants tenants = new EnvironmentTenants(work, http);
    TenantCatalogues catalogues = new TenantCatalogues(work, tenants);
    work.step("enable")
        .about(work.about().and("tenants", tenants.wanting()))
        .field("applications")
        .material("Tenants: " + String.join(", ", tenants.wanting()))
        .leftToPerson(LEFT_TO_PERSON)
        .machine(catalogues::enable)
        .orPerson(catalogues::enabled);
  }

  @Override
  protected void verify(Work work) {
    EnvironmentTenants tenants = new EnvironmentTenants(work, http);
    TenantCatalogues catalogues = new TenantCatalogues(work, tenants);
    work.step("seen").field("applications").machine(catalogues::seen);
    FrontendHealth health = new FrontendHealth(work, tenants, http);
    for (String tenant : tenants.wanting()) {
      work.step("healthy").field("tenants").machine(() -> health.of(tenant));
    }
    if (isOnPremise(work)) {
      work.step("first-sync")
          .about("connector-hosting.hosts")
          .field("connector-hosting")
          .person(statement -> synchronised(work, statement));
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    EnvironmentTenants tenants = new EnvironmentTenants(work, http);
    work.proof("applications", new TenantCatalogues(work, tenants)::putBack);
  }

  private static boolean isOnPremise(Work work) {
    return work.optionalElement("connector-hosting")
        .map(hosting -> hosting.path("connectors").path(work.at("application")).asText())
        .filter("on-premise"::equals)
        .isPresent();
  }

  private Finding synchronised(Work work, Answer statement) {
    String organisation = statement.value("organisation").asText();
    Marketplace marketplace = marketplace(work);
    Connector connector =
        new Connector(
            http,
            work.element("connector-hosting")
                .path("hosts")
                .path(work.at("application"))
                .path(work.at("environment"))
                .asText());
    Optional<Connector.Synchronization> last =
        organisation.isEmpty()
            ? Optional.empty()
            : connector.synchronization(
                marketplace.apiId(), marketplace.apiKey(), marketplace.name(), organisation);
    String status = last.map(Connector.Synchronization::status).orElse("no such organisation");
    if (!status.equals("SUCCESS")) {
      throw new UnmetRequirement(
          "connector.sync-failed",
          Connector.SYSTEM,
          "connector-hosting",
          "The connector says of the organisation `%s`: %s. %s"
              .formatted(
                  organisation, status, last.map(Connector.Synchronization::message).orElse(""))
              .strip(),
          "Link a test account in the frontend, synchronise, and state the organisation's id"
              + " once it has succeeded.");
    }
    return new Finding(
        "GET /maestrano/{marketplace}/synchronizations/{organisation}",
        connector.against(),
        organisation + ": " + status);
  }

  /** The connector's keys for our marketplace are those that the developer platform tells. */
  private Marketplace marketplace(Work work) {
    JsonNode keys = work.secret("connector-environment");
    String name = work.element("marketplaces").asText();
    List<Marketplace> linked =
        new DeveloperPlatform(
                http,
                work.at("environment"),
                keys.path("envKey").asText(),
                keys.path("envSecret").asText())
            .marketplaces();
    return linked.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "application.not-linked",
                    DeveloperPlatform.SYSTEM,
                    "marketplaces",
                    "The developer platform shows no link to the marketplace `" + name + "`.",
                    "Retry `applications.link-marketplace` of this environment first."));
  }
}
