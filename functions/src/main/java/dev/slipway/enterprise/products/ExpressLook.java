package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.web.Appearance;
import dev.slipway.systems.web.ImageFile;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a tenant's frontend looks as the element {@code tenant-look} says: each image is served
 * with the same bytes, or at least with the same type and size, as builds convert images; each
 * colour stands in a style.
 */
final class ExpressLook {
  /** Pages that anybody sees, and the logo, which a script loads. */
  private static final List<String> PATHS =
      List.of("/", "/mnoe/auth/users/sign_in", "/dashboard/images/main-logo.png");

  private static final List<String> IMAGES = List.of("logo", "favicon", "loginBackground");
  private static final List<String> COLOURS = List.of("main", "secondary", "accent");

  private final Work work;
  private final JsonNode look;
  private final String host;
  private final Appearance site;
  private final List<String> found = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /** Looks at the site now. */
  ExpressLook(Work work, HttpPort http, String host) {
    this.work = work;
    this.look = work.element("tenant-look");
    this.host = host;
    this.site = Appearance.of(http, Express.SYSTEM, host, PATHS);
    IMAGES.forEach(this::image);
    COLOURS.forEach(this::colour);
  }

  /** Whether everything is as given. */
  boolean isAsGiven() {
    return missing.isEmpty();
  }

  /** What was found; told as a problem where something is missing. */
  Finding finding() {
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          "express.look-differs",
          Express.SYSTEM,
          "tenant-look",
          "The frontend " + host + " does not show " + String.join(", ", missing) + ".",
          "Build it with the look of the element `tenant-look`, or correct the element; then retry."
              + " Looked at: "
              + site.extent()
              + ".");
    }
    return new Finding(
        "look", "https://" + host, String.join(", ", found) + " (" + site.extent() + ")");
  }

  private void image(String name) {
    String sha256 = look.path(name).asText();
    Optional<URI> same = site.image(sha256);
    Optional<URI> like = work.file(sha256).flatMap(ImageFile::of).flatMap(site::imageLike);
    if (same.isPresent()) {
      found.add(name + " SHA-256 " + sha256.substring(0, 16) + "…");
    } else if (like.isPresent()) {
      found.add(name + " of the same type and size, other bytes");
    } else {
      missing.add("the image `" + name + "`");
    }
  }

  private void colour(String name) {
    String colour = look.path("colours").path(name).asText();
    if (site.hasColour(colour)) {
      found.add(name + " colour " + colour);
    } else {
      missing.add("the colour " + colour + " (`colours." + name + "`)");
    }
  }
}
