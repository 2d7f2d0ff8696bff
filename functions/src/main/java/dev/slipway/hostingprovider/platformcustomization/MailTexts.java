package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.web.HtmlText;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changed texts of the element {@code mail-texts}: each template in each language in use, as
 * well-formed HTML, with its placeholders.
 */
final class MailTexts {
  private static final String CHANGES = "mail-texts.changes";

  private final Work work;
  private final JsonNode element;
  private final List<String> languages = new ArrayList<>();

  MailTexts(Work work) {
    this.work = work;
    this.element = work.element("mail-texts");
    element.path("languages").forEach(language -> languages.add(language.asText()));
  }

  /** The values that a statement "the texts are reviewed" is about. */
  About reviewed() {
    return work.about("platform.domain", "mail-texts.languages");
  }

  /** The values that a statement "the changed texts are entered" is about. */
  About entered() {
    return work.about("platform.domain", "mail-texts.languages", CHANGES);
  }

  /**
   * A text that is changed.
   *
   * @param field the element's field, for problems
   */
  record Change(String field, String template, String language, JsonNode value) {
    /** The template in its language, as people name it. */
    String name() {
      return template + " " + language;
    }
  }

  /** Whether nothing is to be changed. */
  boolean unchanged() {
    return element.path("changes").isEmpty();
  }

  /** Names what is changed: other texts are another change. */
  String hash() {
    return Json.hash(Json.tree(List.of(element.path("changes"), languages))).substring(0, 12);
  }

  /** The modules that are to take the texts into use, if they are named. */
  Optional<String> modules() {
    return Optional.of(element.path("modules").asText()).filter(text -> !text.isEmpty());
  }

  /** Every change, in the element's order. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : element.path("changes")) {
      changes.add(
          new Change(
              CHANGES + "[" + changes.size() + "]",
              change.path("template").asText(),
              change.path("language").asText(),
              change));
    }
    return changes;
  }

  /**
   * Looks at every text; throws {@link UnmetRequirement} for the first that is not as it must be.
   */
  Finding check() {
    Map<String, Map<String, Change>> templates = new LinkedHashMap<>();
    for (Change change : changes()) {
      if (!languages.contains(change.language())) {
        throw unmet(
            "language-not-in-use",
            change.field() + ".language",
            "The language " + change.language() + " is not among those in use: " + languages + ".",
            "Add it to the languages, or take the text out.");
      }
      Change twice =
          templates
              .computeIfAbsent(change.template(), t -> new LinkedHashMap<>())
              .put(change.language(), change);
      if (twice != null) {
        throw unmet(
            "given-twice",
            change.field(),
            "The template " + change.name() + " is given twice.",
            "Take one of the two out.");
      }
    }
    templates.forEach(this::check);
    return new Finding(
        "HTML, placeholders, languages of changed texts",
        "mail-texts",
        "texts: %d, templates: %d, languages: %s; all are complete"
            .formatted(changes().size(), templates.size(), String.join(", ", languages)));
  }

  private void check(String template, Map<String, Change> texts) {
    for (String language : languages) {
      if (!texts.containsKey(language)) {
        throw unmet(
            "language-missing",
            CHANGES,
            "The changed template "
                + template
                + " has no text in "
                + language
                + ": there the platform would send the default language's.",
            "Give its text in " + language + " as well.");
      }
    }
    Set<String> required = new TreeSet<>();
    texts
        .values()
        .forEach(text -> text.value().path("placeholders").forEach(p -> required.add(p.asText())));
    required.addAll(placeholders(texts.get(languages.getFirst())));
    for (Change text : texts.values()) {
      Set<String> missing = new TreeSet<>(required);
      missing.removeAll(placeholders(text));
      if (!missing.isEmpty()) {
        throw unmet(
            "placeholder-missing",
            text.field() + ".body",
            "The text " + text.name() + " lacks the placeholders " + missing + ".",
            "Put them in, in the form ${NAME}, or take them out of the default language too.");
      }
    }
  }

  /** Those of subject and body; the body's HTML is looked at on the way. */
  private Set<String> placeholders(Change change) {
    HtmlText body = new HtmlText(body(change));
    body.problem()
        .ifPresent(
            problem -> {
              throw unmet(
                  "html",
                  change.field() + ".body",
                  "The text " + change.name() + ": " + problem,
                  "Correct the file, and hand it over again.");
            });
    Set<String> found = new TreeSet<>(body.placeholders());
    HtmlText subject = new HtmlText(change.value().path("subject").asText());
    subject
        .problem()
        .ifPresent(
            problem -> {
              throw unmet(
                  "subject",
                  change.field() + ".subject",
                  "The subject of " + change.name() + ": " + problem,
                  "Correct the subject.");
            });
    found.addAll(subject.placeholders());
    return found;
  }

  private String body(Change change) {
    Bytes file =
        work.file(change.value().path("body").asText())
            .orElseThrow(
                () ->
                    unmet(
                        "file-missing",
                        change.field() + ".body",
                        "The file with the text was not handed over.",
                        "Hand the text over as a file."));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.toArray())).toString();
    } catch (CharacterCodingException e) {
      throw unmet(
          "encoding",
          change.field() + ".body",
          "The text " + change.name() + " is not encoded in UTF-8.",
          "Save it in UTF-8, and hand it over again.");
    }
  }

  private static UnmetRequirement unmet(
      String code, String field, String message, String nextStep) {
    return new UnmetRequirement("mail-texts." + code, "slipway", field, message, nextStep);
  }
}
