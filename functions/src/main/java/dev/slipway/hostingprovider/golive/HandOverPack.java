package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Evidence;
import dev.slipway.report.Report;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The document that the onboarding manager gets, in Markdown: what was configured, the endpoints,
 * the test customer's journey, who to call, what is left with people, and where the evidence is. It
 * is made of elements and evidence, which hold no secrets.
 */
final class HandOverPack {
  private static final Set<String> ABOUT_PEOPLE = Set.of("contacts", "onboarding-manager");
  private static final int LONGEST_ANSWER = 160;
  private static final String GO_LIVE = "go-live";

  private final Report report;
  private final JsonNode elements;
  private final List<String> journey;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param journey what the test customer's journey came to, one line a step
   */
  HandOverPack(Report report, JsonNode elements, List<String> journey, Instant now) {
    this.report = report;
    this.elements = elements;
    this.journey = List.copyOf(journey);
    this.now = now;
  }

  /** The document. */
  String text() {
    line("# Hand-over: " + plain(report.name()));
    line("");
    line(plain(report.title()) + ", checklist " + report.checklist() + " " + report.version());
    line("Onboarding " + report.onboarding() + ", as of " + now.truncatedTo(ChronoUnit.SECONDS));
    rows();
    configured();
    endpoints();
    section("A test customer's journey");
    journey.forEach(step -> line("- " + plain(step)));
    people();
    left();
    evidence();
    line("");
    line("Credentials are in Secrets Manager only; nobody needs to see them, and none is in here.");
    return text.toString();
  }

  private void rows() {
    section("What was done");
    for (Report.TaskLine row : others()) {
      line(
          "- "
              + row.row()
              + " "
              + plain(row.name())
              + ": "
              + row.outcome()
              + (row.reason() == null ? "" : " (" + plain(row.reason()) + ")"));
    }
  }

  private void configured() {
    section("What was configured");
    elements
        .properties()
        .forEach(
            element -> {
              if (!ABOUT_PEOPLE.contains(element.getKey())) {
                line("- " + element.getKey());
                values("", element.getValue()).forEach(value -> line("  - " + plain(value)));
              }
            });
  }

  private static List<String> values(String path, JsonNode node) {
    List<String> values = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  values.addAll(
                      values(
                          path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                          field.getValue())));
    } else if (node.isArray() && !node.isEmpty() && !node.get(0).isValueNode()) {
      values.add(path + ": " + node.size() + " entries" + names(node));
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(item.asText()));
      values.add(path + ": " + String.join(", ", items));
    } else {
      values.add(path + ": " + node.asText());
    }
    return values;
  }

  private static String names(JsonNode entries) {
    List<String> names = new ArrayList<>();
    entries.forEach(
        entry -> {
          String name =
              entry.path("name").asText(entry.path("from").asText(entry.path("template").asText()));
          if (!name.isEmpty()) {
            names.add(name);
          }
        });
    return names.isEmpty() ? "" : ": " + String.join(", ", names);
  }

  private void endpoints() {
    section("Endpoints");
    Set<String> endpoints = new TreeSet<>();
    String domain = elements.path("platform").path("domain").asText();
    endpoints.add("https://app." + domain + " (dashboard and API)");
    elements.properties().forEach(element -> collect(element.getValue(), endpoints));
    endpoints.forEach(endpoint -> line("- " + plain(endpoint)));
  }

  private static void collect(JsonNode node, Set<String> endpoints) {
    if (node.isObject() && node.path("host").isTextual()) {
      endpoints.add(
          node.path("host").asText() + (node.has("port") ? ":" + node.path("port").asText() : ""));
    }
    if (node.isTextual() && node.asText().startsWith("https://")) {
      endpoints.add(node.asText());
    }
    node.forEach(child -> collect(child, endpoints));
  }

  private void people() {
    section("Who to call");
    JsonNode manager = elements.path("onboarding-manager");
    line(
        "- Onboarding manager: "
            + plain(manager.path("name").asText())
            + ", "
            + plain(manager.path("channel").asText()));
    elements
        .path("contacts")
        .properties()
        .forEach(
            group ->
                group
                    .getValue()
                    .forEach(
                        person ->
                            line(
                                "- "
                                    + group.getKey()
                                    + ": "
                                    + plain(person.path("name").asText())
                                    + ", "
                                    + plain(person.path("email").asText()))));
  }

  private void left() {
    section("What is left with people");
    int before = text.length();
    for (Report.TaskLine row : others()) {
      if (!row.outcome().equals("DONE")) {
        line("- " + row.row() + " " + plain(row.name()) + " was not performed");
      }
      row.evidence().stream()
          .filter(proof -> proof.answer().contains("by hand") || proof.answer().contains("left "))
          .forEach(proof -> line("- " + row.row() + ": " + plain(proof.answer())));
      List<String> stated =
          row.evidence().stream()
              .filter(proof -> proof.where() == Evidence.Place.PERSON)
              .map(proof -> plain(proof.against()) + " (" + plain(proof.by()) + ")")
              .toList();
      if (!stated.isEmpty()) {
        line("- " + row.row() + " rests on what people stated: " + String.join("; ", stated));
      }
    }
    if (text.length() == before) {
      line("- nothing");
    }
  }

  private void evidence() {
    section("Evidence");
    line("In full in the report of the onboarding; here what was asked, of whom, and when.");
    for (Report.TaskLine row : others()) {
      for (Evidence proof : row.evidence()) {
        String answer = plain(proof.answer());
        line(
            "- "
                + row.row()
                + " "
                + proof.at().truncatedTo(ChronoUnit.SECONDS)
                + " "
                + plain(proof.probe())
                + ", "
                + plain(proof.against())
                + ": "
                + (answer.length() > LONGEST_ANSWER
                    ? answer.substring(0, LONGEST_ANSWER) + "…"
                    : answer)
                + (proof.standIn() ? " (stand-in)" : ""));
      }
    }
  }

  private List<Report.TaskLine> others() {
    return report.tasks().stream().filter(row -> !row.section().equals(GO_LIVE)).toList();
  }

  private void section(String title) {
    line("");
    line("## " + title);
    line("");
  }

  /** Other people's words must not become structure. */
  private static String plain(String words) {
    return words == null
        ? ""
        : words
            .replaceAll("\\p{Cntrl}+", " ")
            .replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1")
            .strip();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
