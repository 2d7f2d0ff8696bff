package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.maestrano.DeveloperPlatform.Marketplace;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.function.Supplier;

/**
 * The link of an application to the marketplace of an environment. With the keys of a connector on
 * premise the developer platform tells it for certain. Without them the hub tells that it has the
 * application; whether it shows a tenant what is not enabled for it is unverified, so that a person
 * has the last word where it shows none.
 */
final class MarketplaceLink {
  private static final String KEYS = "connector-environment";

  private final Work work;
  private final HttpPort http;
  private final ApplicationFacts facts;
  private final String marketplace;

  MarketplaceLink(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.facts = new ApplicationFacts(work);
    this.marketplace = work.element("marketplaces").asText();
  }

  /** What to look at if the one that tells the link cannot be asked. */
  String field() {
    return isTold() ? "credential:" + KEYS : ApplicationFacts.ELEMENT;
  }

  private boolean isTold() {
    return work.hasSecret(KEYS);
  }

  /** The link, as seen; a trouble of kind {@code NOT_FOUND} if it is not. */
  Finding found() {
    return isTold()
        ? atPlatform(
            () ->
                trouble(
                    DeveloperPlatform.SYSTEM,
                    "The developer platform shows no link to `" + marketplace + "` yet."))
        : atHub();
  }

  /** The link after a person made it, as far as it can be seen. */
  Finding afterwards(Answer statement) {
    return isTold()
        ? required()
        : new Finding("the link", marketplace, "made, as stated; the next step looks")
            .saidIn(statement);
  }

  /** The link; if only the hub could tell it, a trouble of kind {@code NOT_FOUND} says so. */
  Finding seen() {
    return isTold() ? required() : atHub();
  }

  private Finding required() {
    return atPlatform(
        () ->
            new UnmetRequirement(
                "application.not-linked",
                DeveloperPlatform.SYSTEM,
                ApplicationFacts.ELEMENT,
                "The developer platform does not show `%s` linked to the marketplace `%s`."
                    .formatted(facts.nid(), marketplace),
                "Link the environment that was made for this connector to the marketplace; see that"
                    + " `marketplaces` has its name."));
  }

  private Finding atPlatform(Supplier<RuntimeException> missing) {
    JsonNode keys = work.secret(KEYS);
    DeveloperPlatform platform =
        new DeveloperPlatform(
            http,
            work.at("environment"),
            keys.path("envKey").asText(),
            keys.path("envSecret").asText());
    Marketplace linked =
        platform.marketplaces().stream()
            .filter(each -> each.name().equals(marketplace))
            .findFirst()
            .orElseThrow(missing);
    return new Finding(
        "GET /api/config/v1/marketplaces", platform.against(), "linked to " + linked);
  }

  private Finding atHub() {
    EnvironmentTenants tenants = new EnvironmentTenants(work, http);
    List<String> names = tenants.names();
    if (names.isEmpty()) {
      throw trouble(MnoHub.SYSTEM, "The environment has no tenant as which the hub is asked.");
    }
    MnoHub hub = tenants.hub(names.getFirst());
    return hub.app(facts.nid())
        .map(
            app ->
                new Finding(
                    "apps of the hub",
                    hub.against(),
                    facts.nid() + " is there, as " + names.getFirst() + " sees it"))
        .orElseThrow(
            () ->
                trouble(
                    MnoHub.SYSTEM,
                    "The hub shows no `%s` to the tenant %s."
                        .formatted(facts.nid(), names.getFirst())));
  }

  private SystemTrouble trouble(String system, String message) {
    return new SystemTrouble(system, Kind.NOT_FOUND, message, "the link", marketplace, "");
  }
}
