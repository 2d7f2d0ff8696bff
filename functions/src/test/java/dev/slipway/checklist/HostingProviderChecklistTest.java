package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.slipway.json.Json;
import dev.slipway.pattern.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostingProviderChecklistTest {
  private static final Schemas SCHEMAS = new Schemas();

  private final Checklist checklist = new Checklists().newest("hosting-provider");

  @Test
  void declaresEveryRowOnceInTheOrderOfTheGuide() {
    assertEquals(
        IntStream.rangeClosed(0, 16).mapToObj("V%02d"::formatted).toList(),
        checklist.tasks().map(Task::row).toList());
    assertEquals(
        List.of(
            "technical-configuration", "platform-customization", "billing-integration", "go-live"),
        checklist.sections().stream().map(Checklist.Section::id).toList());
  }

  @Test
  void everyRowIsBuilt() {
    checklist.tasks().forEach(task -> assertFalse(task.planned(), task.id()));
  }

  @Test
  void whatAStepShowsIsGivenAtIntakeAndAnInputOfItsTask() {
    checklist
        .tasks()
        .forEach(
            task ->
                task.steps()
                    .forEach(
                        step -> step.shows().forEach(path -> assertShown(task, step.id(), path))));
  }

  private void assertShown(Task task, String step, String path) {
    String place = task.id() + "/" + step + ": " + path;
    String[] names = path.split("\\.", -1);
    assertTrue(task.inputs().contains(names[0]), place + " is no input of the task");
    JsonNode schema = checklist.element(names[0]).orElseThrow().schema();
    for (int i = 1; i < names.length; i++) {
      // Anywhere below: a schema may have branches.
      schema = schema.findPath(names[i]);
    }
    assertFalse(schema.isMissingNode(), place + " is not in the element's schema");
  }

  @Test
  void whatAPersonMayBeAskedForSaysWhatToStateAndUntilWhen() {
    checklist
        .tasks()
        .filter(task -> !task.planned())
        .flatMap(task -> task.steps().stream())
        .filter(Step::mayBeAsked)
        .forEach(
            step -> {
              assertTrue(step.instructions().length() >= 60, step + ": say exactly what to do");
              assertTrue(step.timeGiven().toDays() <= 30, step::toString);
              assertNotNull(step.check(), step + ": say how it is checked");
            });
  }

  @Test
  void requirementsAreThoseOfTheGuide() {
    Set<String> optional =
        checklist
            .tasks()
            .filter(task -> task.requirement() == Requirement.OPTIONAL)
            .map(Task::row)
            .collect(Collectors.toSet());

    assertEquals(Set.of("V02", "V05", "V06", "V08", "V09", "V10", "V14"), optional);
    checklist
        .tasks()
        .forEach(
            task ->
                assertEquals(
                    task.requirement() == Requirement.OPTIONAL,
                    task.chosenBy() != null,
                    task.id()));
  }

  @Test
  void idsAreUnique() {
    assertUnique(checklist.tasks().map(Task::id));
    assertUnique(checklist.elements().map(element -> element.kind() + " " + element.id()));
    checklist.tasks().forEach(task -> assertUnique(task.steps().stream().map(Step::id)));
  }

  @Test
  void referencesLeadSomewhere() {
    checklist
        .tasks()
        .forEach(
            task -> {
              // Two walks, because a value and a credential may share an id.
              task.inputs().forEach(id -> assertTrue(checklist.element(id).isPresent(), id));
              task.credentials()
                  .forEach(id -> assertTrue(checklist.credential(id).isPresent(), id));
            });
  }

  @Test
  void dependenciesHaveNoCycle() {
    Set<String> done = new HashSet<>();
    List<Task> open = new ArrayList<>(checklist.tasks().toList());
    while (!open.isEmpty()) {
      List<Task> ready = open.stream().filter(task -> done.containsAll(task.dependsOn())).toList();
      assertFalse(ready.isEmpty(), "wait for each other or for nothing known");
      ready.forEach(task -> done.add(task.id()));
      open.removeAll(ready);
    }
  }

  @Test
  void everythingIsExplained() {
    checklist
        .tasks()
        .forEach(
            task -> {
              assertFalse(task.steps().isEmpty(), task.id());
              assertNotNull(task.guidance(), task.id());
              assertNotNull(URI.create(task.documentation()).getHost(), task.id());
              for (Step step : task.steps()) {
                String where = task.id() + " " + step.id();
                assertNotNull(step.title(), where);
                assertNotNull(step.mode(), where);
                assertTrue(step.instructions().endsWith("."), where);
                assertTrue(step.check().endsWith("."), where);
              }
            });
    checklist
        .elements()
        .forEach(
            element -> {
              assertNotNull(element.guidance(), element.id());
              assertNotNull(element.schema().get("title"), element.id());
            });
  }

  @Test
  void conditionsCanBeEvaluated() {
    JsonNode all =
        json(
            "{\"activities\":"
                + ALL
                + ",\"backup-storage\":{\"protocol\":\"s3\"},"
                + "\"external-billing\":{\"system\":\"whmcs\"}}");
    JsonNode none =
        json(
            "{\"activities\":"
                + NONE
                + ",\"backup-storage\":{\"protocol\":\"nfs\"},"
                + "\"external-billing\":{\"system\":\"pba\"}}");

    conditions()
        .forEach(
            text -> {
              Condition condition = new Condition(text);
              assertEquals(Condition.Answer.HOLDS, condition.evaluate(all), text);
              assertEquals(Condition.Answer.DOES_NOT_HOLD, condition.evaluate(none), text);
              condition.evaluate(json("{}"));
            });
  }

  @Test
  void schemasAreJsonSchemas() {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    checklist
        .elements()
        .forEach(
            element -> assertEquals(Set.of(), meta.validate(element.schema()), () -> element.id()));
  }

  @Test
  void schemasRefuseWhatTheyDoNotKnow() {
    checklist
        .elements()
        .forEach(
            element -> {
              Set<ValidationMessage> found =
                  SCHEMAS.of(element.schema()).validate(json("{\"surprise\":1}"));
              assertFalse(found.isEmpty(), element.id());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          activities         | {"externalIps":true,"monitoring":false,"backuper":true}
          platform           | {"domain":"paas.hoster.example"}
          maintenance-window | {"from":"2026-12-01T22:00:00Z","to":"2026-12-02T02:00:00Z"}
          maintenance-window | {"days":["SUNDAY"],"at":"22:30","minutes":240,"zone":"Europe/Berlin"}
          mail-server        | {"host":"smtp.hoster.example","port":587,"encryption":"STARTTLS","from":"noreply@hoster.example","type":"MULTIPART","dkimSelector":"paas"}
          test-mailbox       | {"address":"tests@hoster.example","templates":{"accountManagement":"account_created"}}
          external-ip-ranges | {"ranges":[{"from":"203.0.113.64","to":"203.0.113.95","regions":["eu1"]}],"internalNetworks":["10.100.0.0/16"]}
          docker-account     | {"user":"hosterpaas","plan":"business","testImage":"library/nginx:1.29-alpine"}
          uploader           | {"setUpBy":"vendor","protocol":"nfs","host":"uploader.hoster.example","path":"/exports/uploader","sizeGb":300}
          monitoring         | {"system":"prometheus","prometheusUrl":"https://prometheus.hoster.example","alertmanagerUrl":"https://alertmanager.hoster.example","receivers":["ops@hoster.example"]}
          monitoring         | {"system":"other","name":"Zabbix","link":"https://zabbix.hoster.example/d/1","receivers":["ops@hoster.example"]}
          backup-storage     | {"protocol":"s3","endpoint":"https://s3.backup.example","region":"eu-central-1","bucket":"paas-backups","neededGb":500}
          backup-storage     | {"protocol":"webdav","url":"https://dav.backup.example/backups/","neededGb":500}
          backup-storage     | {"protocol":"nfs","host":"nas.hoster.example","path":"/backups","neededGb":500,"network":"private"}
          """)
  void acceptsWhatIsMeant(String element, String value) {
    assertEquals(Set.of(), problems(element, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          activities         | {"externalIps":"yes","monitoring":false,"backuper":true} | externalIps
          platform           | {"domain":"https://paas.hoster.example"}                  | domain
          mail-server        | {"host":"smtp","port":70000,"encryption":"TLS","from":"x"} | port
          mail-server        | {"host":"smtp.a.example","port":25,"encryption":"NONE","from":"a@b.example"} | encryption
          external-ip-ranges | {"ranges":[{"from":"203.0.113.256","to":"203.0.113.1","regions":["eu1"]}]} | from
          docker-account     | {"user":"hosterpaas","plan":"free"}                       | plan
          uploader           | {"setUpBy":"vendor","protocol":"other","host":"h.example","path":"/a","sizeGb":300} | port
          maintenance-window | {"days":["SUNDAY"],"at":"25:30","minutes":240,"zone":"Europe/Berlin"} | at
          """)
  void namesTheFieldThatIsWrong(String element, String value, String field) {
    String problems =
        problems(element, value).stream()
            .map(ValidationMessage::toString)
            .collect(Collectors.joining("\n"));

    assertTrue(problems.contains(field), problems);
  }

  private Set<ValidationMessage> problems(String element, String value) {
    return SCHEMAS.of(checklist.element(element).orElseThrow().schema()).validate(json(value));
  }

  private Stream<String> conditions() {
    return Stream.of(
            checklist.elements().map(Element::condition),
            checklist.tasks().map(Task::condition),
            checklist.tasks().map(Task::chosenBy))
        .flatMap(Function.identity())
        .filter(text -> text != null);
  }

  private static void assertUnique(Stream<String> ids) {
    Map<String, Long> counts =
        ids.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    counts.forEach((id, count) -> assertEquals(1, count, id));
  }

  private static final String ALL =
      """
      {"externalIps":true,"monitoring":true,"backuper":true,"googleAnalytics":true,
       "accountProtection":true,"emails":true,"singleSignOn":true}""";

  private static final String NONE = ALL.replace("true", "false");

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
