package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * It is said of each cloud connector, and of no other, where it runs; and on premise where exactly
 * (M27).
 */
public final class HostingComplete implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode connectors = subject.value().path("connectors");
    List<ElementFinding> findings = new ArrayList<>();
    if (subject.elements().has("application-facts") && subject.elements().has("applications")) {
      exactly(cloud(subject.elements()), connectors, findings);
    }
    for (Map.Entry<String, JsonNode> connector : connectors.properties()) {
      if (connector.getValue().asText().equals("on-premise")) {
        onPremise(subject.value(), connector.getKey(), findings);
      }
    }
    return findings.stream().distinct().toList();
  }

  private static Set<String> cloud(JsonNode elements) {
    Set<String> cloud = new TreeSet<>();
    for (JsonNode item : elements.path("applications").path("items")) {
      String nid = item.path("nid").asText();
      JsonNode facts = elements.path("application-facts").path(nid);
      if (facts.path("integration").asText().equals("cloud-connector")) {
        cloud.add(nid);
      }
    }
    return cloud;
  }

  private static void exactly(
      Set<String> cloud, JsonNode connectors, List<ElementFinding> findings) {
    for (String nid : cloud) {
      if (!connectors.has(nid)) {
        findings.add(
            ElementFinding.error(
                "hosting.missing",
                "/connectors",
                "It is not said where the connector of `%s` runs.".formatted(nid),
                "Add it as on-premise or maestrano."));
      }
    }
    connectors
        .fieldNames()
        .forEachRemaining(
            nid -> {
              if (!cloud.contains(nid)) {
                findings.add(
                    ElementFinding.error(
                        "hosting.no-connector",
                        "/connectors/" + Pointers.escape(nid),
                        "No application of this id has a cloud connector.",
                        "Leave it out, or correct the id."));
              }
            });
  }

  private static void onPremise(JsonNode value, String nid, List<ElementFinding> findings) {
    if (!value.has("nexInstance")) {
      findings.add(
          ElementFinding.error(
              "hosting.no-instance",
              "/nexInstance",
              "A connector runs on premise, and the instance of Nex! is not named.",
              "Give `nexInstance` for UAT and Production."));
    }
    if (!value.path("hosts").has(nid)) {
      findings.add(
          ElementFinding.error(
              "hosting.no-host",
              "/hosts",
              "The connector of `%s` runs on premise, and has no host.".formatted(nid),
              "Give its host for UAT and Production."));
    }
  }
}
