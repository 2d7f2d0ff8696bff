package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.web.ImageFile;
import dev.slipway.systems.web.PageSource;
import dev.slipway.systems.web.WebPages;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The branding as the dashboard's page shows it to everybody. A page may show by script what its
 * source does not name; so who uploads a logo may say at which address it is served.
 */
final class DashboardBranding {
  private static final String STEP = "upload-logos";

  /** More would be no login page any more. */
  private static final int MOST_FILES = 30;

  private final Work work;
  private final WebPages pages;
  private final URI address;
  private final boolean linksRestOnSettings;

  /**
   * The page of the platform of an attempt.
   *
   * @param linksRestOnSettings whether the settings say what the page's source may not
   */
  DashboardBranding(Work work, ThirdParties parties, boolean linksRestOnSettings) {
    this.work = work;
    this.pages = new WebPages(parties.http(), "platform");
    this.address = PlatformAddress.dashboard(work.element("platform").path("domain").asText());
    this.linksRestOnSettings = linksRestOnSettings;
  }

  /**
   * Looks before a person is asked; a trouble of kind {@code NOT_FOUND} while a part is missing.
   */
  Finding shown() {
    try {
      return look();
    } catch (UnmetRequirement unmet) {
      throw new SystemTrouble(
          "platform",
          SystemTrouble.Kind.NOT_FOUND,
          unmet.getMessage(),
          "live page",
          address.toString(),
          "");
    }
  }

  /**
   * Looks for everything; throws {@link UnmetRequirement} for the first thing that is not there.
   */
  Finding look() {
    PageSource page = pages.page(address);
    List<String> seen = new ArrayList<>();
    for (BrandingFiles.Given file : new BrandingFiles(work).given()) {
      seen.add(file.field() + " " + seen(page, file));
    }
    BrandingLinks.of(work).forEach((name, link) -> seen.add(name + " " + seen(page, name, link)));
    JsonNode name = work.element("branding").path("platformName");
    if (name.isTextual()) {
      if (!page.contains(name.asText()) && !linksRestOnSettings) {
        throw unmet("platformName", "The page does not show the name " + name.asText() + ".");
      }
      seen.add("name " + (page.contains(name.asText()) ? "shown" : "by its setting"));
    }
    if (work.element("branding").path("colours").size() > 0) {
      seen.add("colours rest on the approval");
    }
    return new Finding("live page", address.toString(), String.join("; ", seen));
  }

  private String seen(PageSource page, String name, String link) {
    if (page.leadsTo(link)) {
      return "shown";
    }
    if (linksRestOnSettings) {
      return "not in the page's source, by its setting";
    }
    throw unmet("links." + name, "The page does not lead to " + link + ".");
  }

  private String seen(PageSource page, BrandingFiles.Given file) {
    Optional<URI> stated = stated(file.field());
    List<URI> candidates =
        stated
            .map(List::of)
            .orElseGet(
                () ->
                    page.references().stream()
                        .filter(this::isServedHere)
                        .limit(MOST_FILES)
                        .toList());
    for (URI candidate : candidates) {
      Optional<Bytes> content = content(candidate);
      if (content.filter(file.content()::equals).isPresent()) {
        return "at " + candidate.getPath() + ", byte for byte";
      }
      // A platform may store an image anew; then its look is what the approval is about.
      if (stated.isPresent()
          && content.flatMap(ImageFile::of).filter(file.image()::equals).isPresent()) {
        return "at " + candidate.getPath() + ", same type and dimensions, stored anew";
      }
    }
    throw unmet(
        file.field(),
        stated.isPresent()
            ? "At " + stated.get() + " there is not the " + file.field() + " that was given."
            : "None of the "
                + candidates.size()
                + " files that the page names is the "
                + file.field()
                + " that was given.");
  }

  /** The address that the person states; only the platform's own host counts. */
  private Optional<URI> stated(String field) {
    String path =
        work.answer(STEP).map(Answer::values).map(v -> v.path(field + "Path").asText()).orElse("");
    return path.matches("/[A-Za-z0-9._~/%-]*(\\?[A-Za-z0-9._~=&%-]*)?") && !path.startsWith("//")
        ? Optional.of(address.resolve(path))
        : Optional.empty();
  }

  private boolean isServedHere(URI reference) {
    return "https".equals(reference.getScheme()) && address.getHost().equals(reference.getHost());
  }

  private Optional<Bytes> content(URI file) {
    try {
      return Optional.of(pages.file(file));
    } catch (SystemTrouble trouble) {
      // One file that cannot be had is not the logo; a part that the page lacks is reported as
      // such.
      return Optional.empty();
    }
  }

  private UnmetRequirement unmet(String field, String message) {
    return new UnmetRequirement(
        "branding.not-shown",
        "platform",
        "branding." + field,
        message,
        "Upload or enter it in the admin panel, apply it, and open "
            + address
            + ". If the page loads an image by script, state its path in `logoPath` or"
            + " `faviconPath`.");
  }
}
