package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.web.WebPages;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The links of the element {@code branding}: each is opened as a visitor would. */
final class BrandingLinks {
  private static final int OK = 200;

  private BrandingLinks() {}

  /** Field to address, in the element's order. */
  static Map<String, String> of(Work work) {
    Map<String, String> links = new LinkedHashMap<>();
    work.element("branding")
        .path("links")
        .properties()
        .forEach(link -> links.put(link.getKey(), link.getValue().asText()));
    return links;
  }

  /**
   * Opens one link.
   *
   * @throws UnmetRequirement if it does not answer 200
   * @throws SystemTrouble if it does not answer, or its certificate is not valid
   */
  static Finding open(ThirdParties parties, String name, String link) {
    HttpAnswer answer = new WebPages(parties.http(), "website").open(URI.create(link));
    if (answer.status() != OK) {
      throw new UnmetRequirement(
          "branding.link-answers-" + answer.status(),
          "website",
          field(name),
          "The link " + link + " answers HTTP " + answer.status() + ", not 200" + where(answer),
          "Publish the page, or correct the link.");
    }
    return new Finding("open link " + name, link, "HTTP 200, valid certificate");
  }

  /** The field of a problem with a link. */
  static String field(String name) {
    return "branding.links." + name;
  }

  private static String where(HttpAnswer answer) {
    return answer
        .header("location")
        .map(location -> ", and sends the visitor to " + location + ". Give that address.")
        .orElse(".");
  }
}
