package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.web.ImageFile;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The image files of the element {@code branding}: each is what it must be, by its own bytes. */
final class BrandingFiles {
  private static final int KILOBYTE = 1024;
  private static final String NEXT_STEP = "Hand over another file in the element `branding`.";

  /** The public guides name formats (svg, png) but no sizes: these limits are Slipway's own. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "logo",
              Set.of(ImageFile.Type.SVG, ImageFile.Type.PNG),
              512 * KILOBYTE,
              16,
              4000,
              false),
          new Kind(
              "favicon",
              Set.of(ImageFile.Type.ICO, ImageFile.Type.PNG, ImageFile.Type.SVG),
              128 * KILOBYTE,
              16,
              1024,
              true));

  private record Kind(
      String field,
      Set<ImageFile.Type> types,
      int maxBytes,
      int minSide,
      int maxSide,
      boolean square) {}

  /**
   * A file that was handed over.
   *
   * @param field the element's field that names it
   * @param content what it holds
   * @param image what it is
   */
  record Given(String field, Bytes content, ImageFile image) {}

  private final Work work;

  BrandingFiles(Work work) {
    this.work = work;
  }

  /**
   * Those that are named; throws {@link UnmetRequirement} for the first that is not as it must be.
   */
  List<Given> given() {
    JsonNode branding = work.element("branding");
    List<Given> given = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (branding.hasNonNull(kind.field())) {
        given.add(checked(kind, branding.path(kind.field()).asText()));
      }
    }
    return given;
  }

  /** The files' sizes and types, in one line. */
  Finding check() {
    List<String> parts = new ArrayList<>();
    for (Given file : given()) {
      ImageFile image = file.image();
      parts.add(
          "%s %s %d x %d, %d bytes"
              .formatted(
                  file.field(),
                  image.type(),
                  image.width(),
                  image.height(),
                  file.content().size()));
    }
    return new Finding("type, size and dimensions of files", "branding", String.join("; ", parts));
  }

  private Given checked(Kind kind, String sha256) {
    Bytes content =
        work.file(sha256)
            .orElseThrow(() -> unmet(kind, "missing", "The file was not handed over."));
    ImageFile image =
        ImageFile.of(content)
            .filter(found -> kind.types().contains(found.type()))
            .orElseThrow(
                () ->
                    unmet(
                        kind,
                        "type",
                        "The file is "
                            + ImageFile.of(content)
                                .map(found -> found.type().name())
                                .orElse("no image that is known")
                            + " by its own bytes; it must be one of "
                            + kind.types().stream().sorted().toList()
                            + "."));
    if (content.size() > kind.maxBytes()) {
      throw unmet(
          kind,
          "size",
          "The file has %d bytes, more than %d.".formatted(content.size(), kind.maxBytes()));
    }
    int least = Math.min(image.width(), image.height());
    int most = Math.max(image.width(), image.height());
    if (least < kind.minSide() || most > kind.maxSide()) {
      throw unmet(
          kind,
          "dimensions",
          "The image is %d x %d; each side must have %d to %d."
              .formatted(image.width(), image.height(), kind.minSide(), kind.maxSide()));
    }
    if (kind.square() && least != most) {
      throw unmet(
          kind,
          "dimensions",
          "The image is %d x %d; it must be square.".formatted(image.width(), image.height()));
    }
    Optional<String> objection =
        image.type() == ImageFile.Type.SVG ? ImageFile.objectionToSvg(content) : Optional.empty();
    if (objection.isPresent()) {
      throw unmet(
          kind,
          "active",
          objection.get() + " Remove it, or export the drawing as plain SVG, texts as paths.");
    }
    return new Given(kind.field(), content, image);
  }

  private static UnmetRequirement unmet(Kind kind, String code, String message) {
    return new UnmetRequirement(
        "branding.file-" + code, "slipway", "branding." + kind.field(), message, NEXT_STEP);
  }
}
