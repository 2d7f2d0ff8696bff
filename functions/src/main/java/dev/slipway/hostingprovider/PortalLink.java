package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.portal.PortalVisit;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The test customer's link from the dashboard into the billing portal, for one use. */
public final class PortalLink {
  private static final String FIELD = "single-sign-on";

  private final Work work;
  private final ThirdParties parties;

  /** Of the onboarding at work. */
  public PortalLink(Work work, ThirdParties parties) {
    this.work = work;
    this.parties = parties;
  }

  /**
   * Follows a new link twice.
   *
   * @throws UnmetRequirement if it does not log in, or logs in twice
   */
  public Finding followed() {
    JsonNode element = work.element(FIELD);
    CustomerClient customer = parties.customer(work);
    URI link =
        customer.singleSignOn(
            Optional.of(element.path("path").asText()).filter(path -> !path.isEmpty()));
    String marker = element.path("loggedInText").asText();
    if (marker.isEmpty()) {
      marker = customer.login();
    }
    Set<String> hosts = hosts(element);
    PortalVisit.End first = new PortalVisit(parties.http(), hosts).follow(link, marker);
    if (!first.loggedIn()) {
      throw new UnmetRequirement(
          "single-sign-on.not-logged-in",
          FIELD,
          FIELD + ".loggedInText",
          "The link of the test customer ends at "
              + first.way().getLast()
              + " (HTTP "
              + first.status()
              + ") on a page that is not logged in.",
          "Check the shared secret in portal and admin panel, and the text that a logged-in page"
              + " shows; then retry.");
    }
    // Another visit, without the cookies of the first: only the link could log it in.
    PortalVisit.End second = new PortalVisit(parties.http(), hosts).follow(link, marker);
    if (second.loggedIn()) {
      throw new UnmetRequirement(
          "single-sign-on.reusable",
          FIELD,
          FIELD,
          "The same link logs in a second time: a person who sees it later can use it.",
          "Have the portal accept each link once only; then retry.");
    }
    return new Finding(
        PlatformMethod.GET_SSO_URL.permission() + ", followed twice",
        customer.against() + " to " + String.join(" to ", first.way()),
        "first use: logged in, over TLS; second use: refused (HTTP "
            + second.status()
            + " at "
            + second.way().getLast()
            + ")");
  }

  private Set<String> hosts(JsonNode element) {
    Set<String> hosts = new HashSet<>();
    hosts.add(URI.create(element.path("portal").asText()).getHost().toLowerCase(Locale.ROOT));
    hosts.add("app." + work.element("platform").path("domain").asText().toLowerCase(Locale.ROOT));
    element.path("otherHosts").forEach(host -> hosts.add(host.asText().toLowerCase(Locale.ROOT)));
    return hosts;
  }
}
