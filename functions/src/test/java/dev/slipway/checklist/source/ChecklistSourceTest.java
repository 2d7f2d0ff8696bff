package dev.slipway.checklist.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A folder of YAML files is one checklist. */
final class ChecklistSourceTest {
  private final Map<String, String> files =
      new HashMap<>(
          Map.of(
              "checklist.yaml", "{name: a, version: 1.0.0, title: A, sections: [two, one]}",
              "shared.yaml", "port: {type: integer, title: Port}\nhost: {port: {$shared: port}}",
              "one.yaml", "{id: one, title: One, elements: [{id: x, schema: {$shared: host}}]}",
              "two.yaml",
                  "{id: two, title: Two, elements: [{id: y, schema: {$shared: port, title: P}}]}"));

  @Test
  void sectionsStandInTheOrderOfTheHead() {
    Checklist checklist = Checklists.of(tree());

    assertEquals("one", checklist.sections().get(1).id());
    assertEquals("two", checklist.sections().get(0).id());
  }

  @Test
  void sharedDefinitionsStandInTheirPlacesAlsoInsideEachOther() {
    Checklist checklist = Checklists.of(tree());

    assertEquals(
        "{\"port\":{\"type\":\"integer\",\"title\":\"Port\"}}",
        checklist.element("x").orElseThrow().schema().toString());
  }

  @Test
  void keysBesideTheReferenceReplaceTheDefinitionsOwn() {
    Checklist checklist = Checklists.of(tree());

    assertEquals(
        "{\"type\":\"integer\",\"title\":\"P\"}",
        checklist.element("y").orElseThrow().schema().toString());
  }

  @Test
  void aDefinitionThatIsNotThereIsRefused() {
    assertRefused("shared.yaml", "{port: {}, host: {$shared: prot}}", "no definition `prot`");
  }

  @Test
  void aDefinitionThatHoldsItselfIsRefused() {
    assertRefused(
        "shared.yaml", "{port: {}, host: {$shared: host}}", "`host` of shared.yaml holds");
  }

  @Test
  void aDefinitionThatNothingUsesIsRefused() {
    assertRefused("shared.yaml", "{port: {}, host: {}, spare: 1}", "no section uses spare");
  }

  @Test
  void keysBesideAReferenceToATextAreRefused() {
    assertRefused("shared.yaml", "{port: text, host: {}}", "`port` of shared.yaml is no mapping");
  }

  @Test
  void aSectionWithoutFileIsRefused() {
    assertRefused("checklist.yaml", "sections: [one, two, three]", "three.yaml: there is no such");
  }

  @Test
  void aFileThatIsNoSectionIsRefused() {
    assertRefused("more.yaml", "id: more", "checklist.yaml: `sections` does not name more.yaml");
  }

  @Test
  void aSectionOfAnotherNameIsRefused() {
    assertRefused("one.yaml", "id: other", "one.yaml: its `id` must be `one`");
  }

  @Test
  void aTextThatIsNoYamlIsRefusedByItsFile() {
    assertRefused("one.yaml", "id: [", "one.yaml: is not YAML");
    assertRefused("one.yaml", "id: one\nid: one", "one.yaml: is not YAML");
  }

  @Test
  void theArtifactCarriesWhatTheFilesSay() throws IOException {
    JsonNode written =
        ChecklistSource.read(Path.of("src/main/resources/checklists/hosting-provider/1.0.0"))
            .tree();

    assertEquals(Checklists.of(written), new Checklists().get("hosting-provider", "1.0.0"));
  }

  private void assertRefused(String file, String text, String message) {
    files.put(file, text);
    String said = assertThrows(IllegalArgumentException.class, this::tree).getMessage();
    assertTrue(said.contains(message), said);
  }

  private JsonNode tree() {
    return new ChecklistSource(files).tree();
  }
}
