package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.analytics.GoogleTag;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.web.WebPages;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * V08: the dashboard tells Google Analytics what its users do. No public method writes the
 * dashboard's header: a person places a snippet that is made here, and the live page is looked at
 * for both the measurement id and the hook.
 */
public final class SetUpAnalytics extends TaskFunction {
  private static final String FIELD = "analytics.measurementId";

  private final ThirdParties parties;

  /** For Lambda. */
  public SetUpAnalytics() {
    this(FunctionContext.lambda());
  }

  public SetUpAnalytics(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  SetUpAnalytics(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    // The snippet is a person's to place: looking is all that is left.
  }

  @Override
  protected void verify(Work work) {
    GoogleTag tag = new GoogleTag(work.element("analytics").path("measurementId").asText());
    work.step("check-measurement-id").field(FIELD).machine(() -> known(tag));
    URI dashboard = PlatformAddress.dashboard(work.element("platform").path("domain").asText());
    work.step("place-snippet")
        .about("platform.domain", FIELD)
        .snippet("For header.html", tag.snippet())
        .field(FIELD)
        .leftToPerson(Set.of(Kind.NOT_FOUND))
        .machine(() -> found(tag, dashboard))
        .orPerson(() -> placed(tag, dashboard));
  }

  private Finding known(GoogleTag tag) {
    if (!GoogleTag.FORM.matcher(tag.id()).matches()) {
      throw new UnmetRequirement(
          "analytics.not-a-measurement-id",
          "google-analytics",
          FIELD,
          tag.id() + " is no measurement id of Google Analytics 4, which begins with G-.",
          "Look it up in Google Analytics under Admin, Data streams. UA- ids are of the version"
              + " that was shut down, GTM- ids name a Tag Manager container.");
    }
    try {
      return new Finding(
          "gtag.js",
          "https://www.googletagmanager.com",
          "script for " + tag.id() + " of " + tag.fetch(parties.http()) + " bytes");
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_FOUND) {
        throw trouble;
      }
      throw new UnmetRequirement(
          "analytics.id-not-known",
          "google-analytics",
          FIELD,
          "Google has no script for " + tag.id() + ".",
          "Check the id in Google Analytics under Admin, Data streams; a new one may take"
              + " minutes.");
    }
  }

  /** Looks before anybody is asked. */
  private Finding found(GoogleTag tag, URI dashboard) {
    try {
      return placed(tag, dashboard);
    } catch (UnmetRequirement unmet) {
      throw new SystemTrouble(
          "platform", Kind.NOT_FOUND, unmet.getMessage(), "live page", dashboard.toString(), "");
    }
  }

  private Finding placed(GoogleTag tag, URI dashboard) {
    List<String> missing = tag.missingIn(new WebPages(parties.http(), "platform").page(dashboard));
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          "analytics.not-in-page",
          "platform",
          FIELD,
          "The page " + dashboard + " lacks " + String.join(" and ", missing) + ".",
          "Put the whole snippet into header.html, publish it, and open the page once yourself.");
    }
    return new Finding(
        "measurement id and hook in the live page",
        dashboard.toString(),
        tag.id() + " and _onTrackUserEvent are in the page");
  }
}
