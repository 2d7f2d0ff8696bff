package dev.slipway.local.asl.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines, numbers and exit codes; and that what differs is found. */
class ReplayTest {
  private static final String CASE =
      """
      {"name": "%s", "kind": "%s", "input": {"n": 1},
       "definition": {"QueryLanguage": "%s", "StartAt": "Do", "States": {"Do": {
         "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
         "Arguments": {"n": "{%% $states.input.n %%}"}, "Assign": {"v": 2}, "End": true}}},
       "tasks": [{"state": "Do", "resource": "arn:aws:states:::lambda:invoke",
                  "arguments": {"n": 1}, "attempts": [{"output": {"date": "d", "n": 1.0}}]}],
       "expect": {"status": "SUCCEEDED", "output": {"date": "<any>", "n": 1},
                  "createError": "SCHEMA_VALIDATION_FAILED: x at /States/Do",
                  "states": [{"name": "Do", "type": "Task", "input": {"n": 1},
                              "output": {"date": "<any>", "n": 1}, "assigned": {"v": 2}}]}}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String passing;

  @BeforeEach
  void fill() {
    passing = CASE.formatted("good", "execution", "JSONata");
  }

  private int replay(Path... paths) {
    return Replay.run(
        List.of(paths),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void tellsEachCaseAndTheNumbers() throws IOException {
    write("a/good.json", passing);
    write("a/deep/path.json", CASE.formatted("path", "execution", "JSONPath"));
    write("b/state.json", CASE.formatted("state", "testState", "JSONata"));
    write("b/README.md", "no case");
    assertEquals(0, replay(folder));
    assertEquals(
        List.of(
            "REFUSED path: JSONPath",
            "PASS good",
            "SKIPPED state: testState",
            "1 passed, 0 failed, 1 refused, 1 skipped"),
        lines());
  }

  @Test
  void exitsWith1WhenNothingPassed() throws IOException {
    assertEquals(1, replay(write("path.json", CASE.formatted("path", "execution", "JSONPath"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"output\": {\"date\": \"<any>\", \"n\": 1},|\"output\": {\"date\": \"<any>\", \"n\": 2},",
        "\"status\": \"SUCCEEDED\"|\"status\": \"FAILED\"",
        "\"arguments\": {\"n\": 1}|\"arguments\": {\"n\": 2}",
        "\"assigned\": {\"v\": 2}|\"assigned\": {\"v\": 3}",
        "\"type\": \"Task\", \"input\": {\"n\": 1}|\"type\": \"Task\", \"input\": {\"n\": 3}",
        "\"name\": \"Do\"|\"name\": \"Did\"",
        "\"output\": {\"date\": \"d\", \"n\": 1.0}|\"error\": \"E\", \"cause\": \"C\"",
        "[{\"output\": {\"date\"|[{\"error\": \"E\"}, {\"output\": {\"date\"",
        "\"resource\": \"arn:aws:states:::lambda:invoke\"|\"resource\": \"arn:aws:states:::sns:publish\"",
      })
  void findsWhatDiffers(String replacement) throws IOException {
    String[] parts = replacement.split("\\|", 2);
    assertTrue(passing.contains(parts[0]), parts[0]);
    assertEquals(1, replay(write("bad.json", passing.replace(parts[0], parts[1]))));
    assertTrue(lines().getFirst().startsWith("FAIL good: "), lines().getFirst());
    assertEquals("0 passed, 1 failed, 0 refused, 0 skipped", lines().getLast());
  }

  @Test
  void findsADefinitionThatShouldHaveBeenRefused() throws IOException {
    assertEquals(1, replay(write("bad.json", CASE.formatted("bad", "createError", "JSONata"))));
    assertTrue(lines().getFirst().startsWith("FAIL bad: the definition was accepted"));
  }

  @Test
  void exitsWith2WithoutInput() throws IOException {
    assertEquals(2, replay());
    assertEquals(2, replay(folder.resolve("missing.json")));
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(2, replay(folder.resolve("empty")));
    assertTrue(lines().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"name\": \"x\"}",
        "{\"name\": \"x\", \"kind\": \"other\", \"definition\": {}, \"expect\": {}}",
        "{\"name\": \"x\", \"kind\": \"execution\", \"definition\": {}, \"expect\": {}}",
        "{\"name\": \"x\", \"kind\": \"execution\", \"definition\": {}, \"input\": 1, \"expect\": {}}",
      })
  void exitsWith2NamingAMalformedFile(String text) throws IOException {
    write("good.json", passing);
    write("malformed.json", text);
    assertEquals(2, replay(folder));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("malformed.json"));
  }
}
