package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.web.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A tenant's images can be shown, its main colour can be read, its sender may send (M13). */
public final class LookUsable implements ElementCheck {
  private static final int MOST_LOGO = 1024 * 1024;
  private static final int LOGO_WIDTH = 200;
  private static final int BACKGROUND_WIDTH = 1280;

  /** Of normal text on white: WCAG 2.1, success criterion 1.4.3. */
  private static final double CONTRAST = 4.5;

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<ElementFinding> findings = new ArrayList<>();
    image(subject, "logo", Set.of(ImageFile.Type.PNG, ImageFile.Type.SVG), LOGO_WIDTH, findings);
    image(subject, "icon", Set.of(ImageFile.Type.PNG, ImageFile.Type.SVG), 0, findings);
    image(subject, "favicon", Set.of(ImageFile.Type.ICO, ImageFile.Type.PNG), 0, findings);
    image(
        subject,
        "loginBackground",
        Set.of(ImageFile.Type.PNG, ImageFile.Type.JPEG),
        BACKGROUND_WIDTH,
        findings);
    contrast(subject.value().path("colours").path("main").asText(), findings);
    sender(subject, findings);
    languages(subject.value().path("locales"), findings);
    return findings;
  }

  private static void image(
      CheckSubject subject,
      String name,
      Set<ImageFile.Type> types,
      int width,
      List<ElementFinding> findings) {
    String sha256 = subject.value().path(name).asText();
    if (sha256.isEmpty()) {
      return;
    }
    String field = "/" + name;
    Optional<Bytes> file = subject.files().apply(sha256);
    Optional<ImageFile> image = file.flatMap(ImageFile::of).filter(of -> types.contains(of.type()));
    if (image.isEmpty()) {
      findings.add(
          error(
              "no-image",
              field,
              file.isEmpty()
                  ? "The file was not handed over."
                  : "This file is none of " + types.stream().sorted().toList() + ".",
              "Hand over the image as a file."));
      return;
    }
    if (image.get().type() == ImageFile.Type.SVG) {
      ImageFile.objectionToSvg(file.get())
          .ifPresent(
              objection ->
                  findings.add(
                      error(
                          "svg-unsafe",
                          field,
                          "The SVG holds " + objection + ".",
                          "Export it without scripts and outside references.")));
    }
    size(name, field, file.get(), image.get(), width, findings);
  }

  private static void size(
      String name,
      String field,
      Bytes file,
      ImageFile image,
      int width,
      List<ElementFinding> findings) {
    if (name.equals("logo") && file.size() > MOST_LOGO) {
      findings.add(
          error(
              "too-large",
              field,
              "The logo is larger than 1 MiB.",
              "Upload a smaller file: each page loads it."));
    }
    if (name.equals("favicon") && image.width() != image.height()) {
      findings.add(
          error("not-square", field, "The favicon is not square.", "Upload a square one."));
    }
    if (image.type() != ImageFile.Type.SVG && image.width() < width) {
      findings.add(
          ElementFinding.warning(
              "look.too-narrow",
              field,
              "The image is %d pixels wide; %d look good.".formatted(image.width(), width),
              "Upload a wider one."));
    }
  }

  private static void contrast(String colour, List<ElementFinding> findings) {
    if (!colour.matches("#[0-9A-Fa-f]{6}")) {
      return;
    }
    double contrast = 1.05 / (luminance(colour) + 0.05);
    if (contrast < CONTRAST) {
      findings.add(
          ElementFinding.warning(
              "look.contrast",
              "/colours/main",
              String.format(
                  Locale.ROOT,
                  "On white, its contrast is %.1f; text needs %.1f.",
                  contrast,
                  CONTRAST),
              "Choose a darker colour, so that everybody can read it."));
    }
  }

  /** Relative luminance, by WCAG 2.1. */
  private static double luminance(String colour) {
    return 0.2126 * part(colour, 1) + 0.7152 * part(colour, 3) + 0.0722 * part(colour, 5);
  }

  private static double part(String colour, int at) {
    double part = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  private static void sender(CheckSubject subject, List<ElementFinding> findings) {
    String domain = subject.elements().path("mail-tool").path("domain").asText();
    String sender = subject.value().path("sender").path("email").asText().toLowerCase(Locale.ROOT);
    if (!domain.isEmpty() && !sender.isEmpty() && !sender.endsWith("@" + domain)) {
      findings.add(
          error(
              "sender-domain",
              "/sender/email",
              "The mail tool sends from %s, and this address is in another domain."
                  .formatted(domain),
              "Give an address in that domain, or correct `mail-tool.domain`."));
    }
  }

  private static void languages(JsonNode locales, List<ElementFinding> findings) {
    Set<String> known = Set.of(Locale.getISOLanguages());
    for (int i = 0; i < locales.size(); i++) {
      if (!known.contains(locales.get(i).asText().replaceFirst("-.*", ""))) {
        findings.add(
            error(
                "language-unknown",
                "/locales/" + i,
                "ISO 639-1 has no such language.",
                "Give one such as en."));
      }
    }
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("look." + code, field, message, nextStep);
  }
}
