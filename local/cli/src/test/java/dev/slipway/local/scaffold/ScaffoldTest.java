package dev.slipway.local.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.lint.LintFinding;
import dev.slipway.local.lint.ProjectCopy;
import dev.slipway.local.lint.TaskNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row is written into a copy of the project, and then nothing is left but what people write. */
final class ScaffoldTest {
  private static final String CHECKLIST = "hosting-provider";
  private static final String CHECKLISTS = "functions/src/main/resources/checklists/";

  private static final String ROW =
      """
        - id: %s
          row: %s
          title: "Note: the platform's version"
          requirement: mandatory
          mode: automatic
          dependsOn: [%s]
          credentials: [%s]
          guidance: The version is known.
          documentation: https://docs.example/
          steps:
            - id: note
              title: The version is noted
              mode: automatic
              instructions: The version is noted.
              check: It is noted.
      """;

  @TempDir private Path folder;
  private ProjectCopy copy;

  @BeforeEach
  void copy() throws IOException {
    copy = ProjectCopy.into(folder);
  }

  // --- A new row

  @Test
  void writesAllThatFollowsFromANewRow() throws Exception {
    addRow();
    scaffold("technical-configuration.scaffold-trial");

    assertEquals(
        List.of("order", "unfinished-handler"),
        rules(copy.lint()),
        "what is left: the last rows' dependsOn, and the handler");
    assertTrue(copy.read(ProjectCopy.TEMPLATE).contains("/*/platform-??????"));
    compiles("hostingprovider/technicalconfiguration/ScaffoldTrial");
  }

  @Test
  void takesARowByItsNumberAndASectionForAllItsRows() throws IOException {
    addRow();
    List<String> byId =
        Scaffold.of(folder, CHECKLIST, "technical-configuration.scaffold-trial").notes();
    assertEquals(byId, Scaffold.of(folder, CHECKLIST, "T1").notes());
    assertTrue(Scaffold.of(folder, CHECKLIST, "technical-configuration").notes().containsAll(byId));
  }

  @Test
  void writesNothingBeforeItIsTold() throws IOException {
    addRow();
    Map<String, String> before = tree();
    Scaffold.of(folder, CHECKLIST, "T1");
    assertEquals(before, tree());
  }

  @Test
  void changesNothingThatIsThere() throws IOException {
    addRow();
    Map<String, String> before = tree();
    scaffold("T1");
    Map<String, String> after = tree();
    for (Map.Entry<String, String> file : before.entrySet()) {
      List<String> left = new ArrayList<>(after.get(file.getKey()).lines().toList());
      file.getValue().lines().forEach(line -> assertTrue(left.remove(line), line));
    }

    assertEquals(List.of(), Scaffold.of(folder, CHECKLIST, "T1").notes());
    scaffold("T1");
    assertEquals(after, tree());
  }

  @Test
  void makesNoTestOfAHandlerThatIsTestedInLocalCheck() throws IOException {
    addRow();
    String test =
        "src/test/java/dev/slipway/hostingprovider/technicalconfiguration/ScaffoldTrialTest.java";
    Path there = folder.resolve("local/check").resolve(test);
    Files.createDirectories(there.getParent());
    Files.writeString(there, "// The handler's own test.");

    scaffold("T1");
    assertFalse(Files.exists(folder.resolve("functions").resolve(test)));
  }

  @Test
  void writesANewSectionAndItsStart() throws Exception {
    addSection(
        ProjectCopy.VERSION, "scaffold-section", "technical-configuration.check-platform", "T1");
    copy.replace(ProjectCopy.HEAD, "sections:", "  - go-live", "  - scaffold-section\n  - go-live");
    scaffold("scaffold-section");

    assertEquals(List.of("order", "unfinished-handler"), rules(copy.lint()));
    JsonNode branches =
        json(ProjectCopy.ONBOARDING).path("States").path("Sections").path("Branches");
    assertTrue(branches.findValuesAsText("StartAt").contains("ScaffoldSection"));
    compiles("hostingprovider/scaffoldsection/ScaffoldTrial");
  }

  @Test
  void putsASectionThatNeedsAllOthersBehindThem() throws IOException {
    addSection(ProjectCopy.VERSION, "scaffold-section", "go-live.pass-final-benchmark", "T1");
    copy.replace(ProjectCopy.HEAD, "sections:", "  - go-live", "  - go-live\n  - scaffold-section");
    scaffold("scaffold-section");

    assertEquals(List.of("unfinished-handler"), rules(copy.lint()));
    JsonNode onboarding = json(ProjectCopy.ONBOARDING).path("States");
    assertEquals("ScaffoldSection", onboarding.path("GoLive").path("Next").asText());
    assertEquals("CompleteRun", onboarding.path("ScaffoldSection").path("Next").asText());
  }

  @Test
  void writesASecondChecklistBesideTheFirst() throws Exception {
    String version = CHECKLISTS + "office-environment/1.0.0/";
    copy.write(
        version + "checklist.yaml",
        "name: office-environment\nversion: 1.0.0\ntitle: Office\nsections: [moving-in, cleaning]\n");
    addSection(version, "moving-in", "", "O1");
    addSection(version, "cleaning", "moving-in.scaffold-trial", "O2");
    for (String section : List.of("moving-in", "cleaning")) {
      Scaffold.of(folder, "office-environment", section).write();
      copy.addHandler("dev.slipway.office." + section.replace("-", "") + ".ScaffoldTrial");
    }

    assertEquals(
        List.of("unfinished-handler", "unknown-reference"),
        rules(copy.lint()),
        "the handlers, and the line in index.yaml");
    copy.write(
        CHECKLISTS + "index.yaml",
        copy.read(CHECKLISTS + "index.yaml") + "office-environment:\n  newest: 1.0.0\n");
    assertEquals(List.of("unfinished-handler", "version-not-locked"), rules(copy.lint()));
    compiles("office/movingin/ScaffoldTrial");
  }

  @Test
  void writesAGateForElementRowsAndTheFirstTaskBehindIt() throws Exception {
    String version = CHECKLISTS + "office-environment/1.0.0/";
    copy.write(
        version + "checklist.yaml",
        "name: office-environment\nversion: 1.0.0\ntitle: Office\nsections: [moving-in]\n");
    copy.write(
        CHECKLISTS + "index.yaml",
        copy.read(CHECKLISTS + "index.yaml") + "office-environment:\n  newest: 1.0.0\n");
    String elements =
        """
        id: moving-in
        title: Moving in
        elements:
          - {id: desks, row: O1, title: Desks, guidance: How many., schema: {type: integer}}
        tasks:
        """;
    String task = ROW.formatted("scaffold-trial", "O2", "", "").indent(0);
    copy.write(
        version + "moving-in.yaml",
        elements + task.replace("requirement:", "planned: true\n    requirement:"));
    Scaffold.of(folder, "office-environment", "moving-in").write();

    assertEquals(List.of("version-not-locked"), rules(copy.lint()));
    String machine = "statemachines/office-environment/moving-in.asl.json";
    assertEquals("Completed", json(machine).at("/States/Gate/Next").asText());

    copy.write(version + "moving-in.yaml", elements + task);
    Scaffold.of(folder, "office-environment", "moving-in").write();

    assertEquals("Tasks", json(machine).at("/States/Gate/Next").asText());
    assertEquals("ScaffoldTrial", json(machine).at("/States/Tasks/Branches/0/StartAt").asText());
  }

  // --- A row that is there, and of which a piece is missing

  /** A section's only row is left out: without it the section would not be there either. */
  static Stream<String> rows() {
    return new Checklists()
        .newest(CHECKLIST).sections().stream()
            .filter(section -> section.tasks().size() > 1)
            .flatMap(section -> section.tasks().stream())
            .map(task -> task.id());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void bringsBackWhatWasTakenAway(String id) throws IOException {
    TaskNames names = TaskNames.of(CHECKLIST, id);
    final JsonNode machine = json(names.machineFile());
    final List<String> template = withoutFunction(names);
    final String event = copy.read(names.event());

    take(names);
    assertTrue(rules(copy.lint()).contains("missing-state"));
    Scaffold.of(folder, CHECKLIST, id).write();

    assertEquals(withoutComment(machine, names), withoutComment(json(names.machineFile()), names));
    assertEquals(template, withoutFunction(names));
    assertEquals(event, copy.read(names.event()));
    List<LintFinding> left = new ArrayList<>(copy.lint());
    left.removeIf(finding -> finding.rule().equals("unfinished-handler"));
    assertEquals(List.of(), left);
  }

  // --- What cannot be scaffolded

  @Test
  void namesTheChecklistsThatThereAre() {
    assertRefused("hosting", "V01", "no checklist `hosting`; there are hosting-provider");
  }

  @Test
  void namesTheSectionsThatThereAre() {
    assertRefused(CHECKLIST, "V99", "no section `V99`; its sections are technical-configuration, ");
  }

  @Test
  void namesTheRowsOfTheSection() {
    assertRefused(
        CHECKLIST,
        "technical-configuration.smtp",
        "it has technical-configuration.check-platform (V00), ");
  }

  @Test
  void refusesARowThatIsOnlyPlanned() throws IOException {
    copy.replace(
        ProjectCopy.CHECKLIST, "- id: configure-smtp", "row: V01", "row: V01\n    planned: true");
    assertRefused(CHECKLIST, "V01", "is planned");
  }

  private void assertRefused(String checklist, String row, String why) {
    ScaffoldException refused =
        assertThrows(ScaffoldException.class, () -> Scaffold.of(folder, checklist, row));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  // --- Helpers

  private void addRow() throws IOException {
    copy.replace(
        ProjectCopy.CHECKLIST,
        "tasks:",
        "  - id: add-external-ips",
        ROW.formatted("scaffold-trial", "T1", "technical-configuration.check-platform", "platform")
            + "\n  - id: add-external-ips");
    copy.addHandler("dev.slipway.hostingprovider.technicalconfiguration.ScaffoldTrial");
  }

  private void addSection(String version, String id, String dependency, String row)
      throws IOException {
    copy.write(
        version + id + ".yaml",
        "id: %s\ntitle: A new section\ntasks:\n".formatted(id)
            + ROW.formatted("scaffold-trial", row, dependency, ""));
    if (version.equals(ProjectCopy.VERSION)) {
      copy.addHandler("dev.slipway.hostingprovider.scaffoldsection.ScaffoldTrial");
    }
  }

  private void scaffold(String row) {
    Scaffold.of(folder, CHECKLIST, row).write();
  }

  private static List<String> rules(List<LintFinding> findings) {
    return findings.stream().map(LintFinding::rule).distinct().sorted().toList();
  }

  private JsonNode json(String file) throws IOException {
    return Json.MAPPER.readTree(copy.read(file));
  }

  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        tree.put(
            folder.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return tree;
  }

  /** A skeleton is Java that compiles against the functions. */
  private void compiles(String handler) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = folder.resolve("functions/src/main/java/dev/slipway/" + handler + ".java");
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
    assertEquals(0, errors, Files.readString(source));
  }

  /** Takes a task out of state machine, template and events, as if nobody had built it. */
  private void take(TaskNames names) throws IOException {
    ObjectNode machine = (ObjectNode) json(names.machineFile());
    takeState((ObjectNode) machine.path("States"), names.state());
    copy.write(names.machineFile(), machine.toPrettyString());
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : copy.read(ProjectCopy.TEMPLATE).lines().toList()) {
      inside = line.equals("  " + names.resource() + ":") || (inside && !line.matches("  \\S.*"));
      if (!inside && !line.contains(names.resource())) {
        lines.add(line);
      }
    }
    copy.write(ProjectCopy.TEMPLATE, String.join("\n", lines) + "\n");
    copy.delete(names.event());
  }

  private static void takeState(ObjectNode states, String name) {
    JsonNode taken = states.remove(name);
    for (JsonNode state : states) {
      if (taken != null && state.path("Next").asText().equals(name)) {
        ((ObjectNode) state).set("Next", taken.path("Next"));
      }
      ArrayNode branches = state.withArrayProperty("Branches");
      for (int i = branches.size() - 1; i >= 0; i--) {
        if (branches.get(i).path("StartAt").asText().equals(name)) {
          branches.remove(i);
        }
      }
      if (branches.isEmpty()) {
        ((ObjectNode) state).remove("Branches");
      }
    }
  }

  private static JsonNode withoutComment(JsonNode machine, TaskNames names) {
    JsonNode copy = machine.deepCopy();
    copy.findParents(names.state())
        .forEach(parent -> ((ObjectNode) parent.path(names.state())).remove("Comment"));
    return copy;
  }

  /** The template's lines but those of the function, whose description people word anew. */
  private List<String> withoutFunction(TaskNames names) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : copy.read(ProjectCopy.TEMPLATE).lines().toList()) {
      inside = line.equals("  " + names.resource() + ":") || (inside && !line.matches("  \\S.*"));
      if (!inside) {
        lines.add(line);
      }
    }
    return lines;
  }
}
