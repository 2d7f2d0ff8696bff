package dev.slipway.local.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.RuleWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What `slipway element template` prints is a file that `slipway apply` takes as it stands. */
class CustomerTemplateTest {
  @TempDir private java.nio.file.Path folder;

  static List<Checklist> checklists() {
    Checklists all = new Checklists();
    return all.names().stream().map(all::newest).toList();
  }

  @ParameterizedTest
  @MethodSource("checklists")
  void givesWhatIsAlwaysAskedForWithExamplesThatAreAllowed(Checklist checklist) throws Exception {
    CustomerFile file = CustomerFile.read("customer.yaml", new CustomerTemplate(checklist).text());

    assertEquals(checklist.name(), file.checklist());
    assertEquals(ids(checklist, Element.Kind.VALUE, true), List.copyOf(file.elements().keySet()));
    assertEquals(
        ids(checklist, Element.Kind.CREDENTIAL, true), List.copyOf(file.credentials().keySet()));
    requireAllowed(checklist, file);
  }

  @ParameterizedTest
  @MethodSource("checklists")
  void givesEverythingOnceTheCommentsAreTakenAway(Checklist checklist) throws Exception {
    String text = new CustomerTemplate(checklist).text().replaceAll("(?m)^  # ?", "  ");
    CustomerFile file = CustomerFile.read("customer.yaml", text);

    assertEquals(ids(checklist, Element.Kind.VALUE, false), List.copyOf(file.elements().keySet()));
    assertEquals(
        ids(checklist, Element.Kind.CREDENTIAL, false), List.copyOf(file.credentials().keySet()));
    requireAllowed(checklist, file);
  }

  /**
   * The fields that are left out stand there, too: with the inner comments away they are fields.
   */
  @ParameterizedTest
  @MethodSource("checklists")
  void showsTheFieldsThatMayBeLeftOut(Checklist checklist) {
    String text = new CustomerTemplate(checklist).text();
    checklist
        .elements()
        .filter(element -> element.kind() == Element.Kind.VALUE)
        .forEach(
            element ->
                element
                    .schema()
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(
                        field ->
                            assertTrue(
                                text.matches("(?s).*\n[ #]*" + field + ":.*"),
                                element.id() + "." + field)));
  }

  @Test
  void saysConditionsInWords() {
    String text = new CustomerTemplate(new Checklists().newest("hosting-provider")).text();
    assertTrue(
        text.contains("  ## Asked for only if activities.monitoring is true.\n  # monitoring:\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          activities.monitoring                        | activities.monitoring is true
          `backup-storage`.protocol = 's3'             | backup-storage.protocol is s3
          a.b != 'x' and $exists(c.d)                  | a.b is not x and c.d is given
          `external-billing`.system in ['a', 'b']      | external-billing.system is a or b
          $not(a.network = "private") or a.b           | a.network is not private or a.b is true
          $count(a.b[c = 1]) > 2                       | $count(a.b[c = 1]) > 2
          """)
  void tellsComparisonsInWords(String condition, String words) {
    assertEquals(words, new RuleWords(new FileNames()).say(condition));
  }

  private void requireAllowed(Checklist checklist, CustomerFile file) throws Exception {
    java.nio.file.Files.writeString(folder.resolve("file.svg"), "<svg/>");
    Mistakes mistakes = new Mistakes(file.source());
    AttachedFiles files = new AttachedFiles(folder, mistakes);
    Map<String, JsonNode> values = new LinkedHashMap<>();
    file.elements().forEach((id, value) -> values.put(id, files.in(value, "/elements/" + id)));
    CustomerCheck check = new CustomerCheck(checklist, mistakes);
    check.elements(check.named(values));
    check.credentials(file.credentials());
    mistakes.throwIfAny();
    assertFalse(values.isEmpty() && !file.elements().isEmpty());
  }

  private static List<String> ids(Checklist checklist, Element.Kind kind, boolean always) {
    List<String> ids = new ArrayList<>();
    checklist
        .elements()
        .filter(element -> element.kind() == kind)
        .filter(
            element ->
                !always
                    || (element.condition() == null
                        && element.requirement() == Requirement.MANDATORY))
        .forEach(element -> ids.add(element.id()));
    return ids;
  }

  @Test
  void hasWhatIsGivenForEachOfSeveralByItsKey() throws Exception {
    Checklist checklist =
        Checklists.of(
            dev.slipway.json.Json.MAPPER.readTree(
                """
                {"name": "several", "version": "1.0.0", "title": "Several",
                 "dimensions": {"tenant": {"keys": "tenants"}},
                 "sections": [{"id": "only", "title": "Only", "elements": [
                   {"id": "look", "title": "Look", "per": "tenant",
                    "schema": {"type": "object", "required": ["colour"], "properties":
                      {"colour": {"enum": ["red", "blue"]}}}}], "tasks": []}]}
                """));
    String text = new CustomerTemplate(checklist).text();
    assertTrue(
        text.contains("  ## One for each tenant, by its key.\n  look:\n    tenant:\n"), text);

    CustomerFile file =
        CustomerFile.read("c.yaml", "elements:\n  look:\n    acme:\n      colour: green\n");
    Mistakes mistakes = new Mistakes(file.source());
    CustomerCheck check = new CustomerCheck(checklist, mistakes);
    Map<String, JsonNode> named = check.named(file.elements());
    assertEquals(Set.of("look@acme"), named.keySet());
    check.elements(named);
    assertEquals(
        "c.yaml:4: elements.look.acme.colour: must be one of [\"red\",\"blue\"]",
        org.junit.jupiter.api.Assertions.assertThrows(
                dev.slipway.local.run.InputException.class, mistakes::throwIfAny)
            .getMessage());
  }

  /** A profile's customer, for the sandbox whose stand-ins have its names. */
  @Test
  void takesWhatAProfileGives() throws Exception {
    Checklist checklist = new Checklists().newest("hosting-provider");
    JsonNode monitoring =
        dev.slipway.json.Json.MAPPER.readTree(
            """
            {"system": "other", "name": "Ours", "link": "https://status.hoster.example", "receivers": ["a"]}
            """);
    String text =
        new CustomerTemplate(checklist)
            .with("Hoster", Map.of("monitoring", monitoring), Set.of("monitoring"), null)
            .text();

    CustomerFile file = CustomerFile.read("customer.yaml", text);

    assertEquals("Hoster", file.name());
    assertEquals(monitoring, file.elements().get("monitoring"));
    assertEquals(
        Set.of("platform", "smtp", "docker", "monitoring"),
        file.credentials().keySet().stream().collect(Collectors.toSet()));
  }
}
