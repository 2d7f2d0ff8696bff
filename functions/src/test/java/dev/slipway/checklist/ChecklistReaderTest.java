package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** A checklist is read in two ways, by the build and by a function: both find the same. */
class ChecklistReaderTest {
  private static final String EVERY_FIELD =
      """
      {"name": "n", "version": "1", "title": "t",
       "dimensions": {"environment": {"keys": "k"}, "tenant": {"of": ["environment", "tenant"], "keys": "k", "none": "no"}},
       "promotion": {"axis": "environment", "from": "uat", "to": "production"},
       "sections": [{"id": "s", "title": "t",
         "elements": [{"id": "e", "title": "t", "kind": "credential", "requirement": "optional", "condition": "c",
           "party": "VENDOR", "row": "M05", "per": "tenant", "parts": {"tenant": "p"}, "asked": "when-reached",
           "schema": {"type": "object"}, "guidance": "g", "personal": true}],
         "tasks": [{"id": "a", "row": "M1", "title": "t", "requirement": "mandatory", "per": "tenant", "where": "w",
           "promote": {"from": "x"}, "condition": "c", "chosenBy": "c", "mode": "attested", "inputs": ["e"],
           "credentials": ["e", {"system": "f", "when": {"tenant": ["x"]}}], "planned": true, "guidance": "g", "documentation": "d", "waivedWith": "e",
           "dependsOn": ["s.b", {"task": "s.c", "only": {"environment": ["uat"]}, "when": {"tenant": ["x"]}}],
           "steps": [{"id": "x", "title": "t", "mode": "verified", "party": "VENDOR", "due": "P3D", "shows": ["e"],
             "waitFor": ["s.b"], "instructions": "i", "check": "c"}]},
          {"id": "b", "row": "M2", "title": "t", "requirement": "optional", "promote": true}]}]}
      """;

  @Test
  void findsEveryField() throws Exception {
    JsonNode tree = Json.MAPPER.readTree(EVERY_FIELD);
    assertEquals(Checklists.of(tree), ChecklistReader.checklist(tree));
  }

  @Test
  void findsWhatTheBuildCompiled() throws Exception {
    Checklists checklists = new Checklists();
    for (String name : checklists.names()) {
      String path = "/checklists/" + name + "/" + checklists.newest(name).version() + ".json";
      try (InputStream in = getClass().getResourceAsStream(path)) {
        JsonNode tree = Json.MAPPER.readTree(in);
        assertEquals(Checklists.of(tree), checklists.newest(name), name);
      }
    }
  }
}
