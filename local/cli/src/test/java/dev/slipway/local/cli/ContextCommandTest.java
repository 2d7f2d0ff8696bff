package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Slipway is spoken to need not be said with each command. */
class ContextCommandTest {
  private static final String TOKEN = "token-of-mia";

  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>();

  private Invocation slipway(Object... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit =
        Slipway.commandLine(
                new Terminal(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    0),
                new Environment(variables, file()),
                List.of())
            .execute(List.of(words).stream().map(Object::toString).toArray(String[]::new));
    return new Invocation(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path file() {
    return folder.resolve("config/contexts.json");
  }

  private void save(String name, String api) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Invocation saved = slipway("context", "save", name, "--api", api, "--token-file", token);
    assertEquals(0, saved.exit(), saved.err());
    assertFalse(saved.out().contains(TOKEN));
    Files.delete(token);
  }

  @Test
  void savesUsesAndListsContextsWithoutTheirTokens() throws IOException {
    save("acme", "https://acme.example/");
    save("other", "https://other.example");

    assertEquals(
        "  acme             https://acme.example\n* other            https://other.example\n",
        slipway("context", "list").out());
    assertEquals(0, slipway("context", "use", "acme").exit());
    assertEquals("* acme             https://acme.example", slipway("context", "show").lastLine());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file()));

    Invocation unknown = slipway("context", "use", "acne");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("did you mean acme?"), unknown.err());
  }

  @Test
  void speaksToWhatIsNamedThenToTheEnvironmentThenToTheContext() throws IOException {
    Invocation nothing = slipway("onboardings");
    assertEquals(2, nothing.exit());
    assertTrue(nothing.err().contains("which Slipway?"), nothing.err());

    save("acme", "http://127.0.0.1:1/context");
    assertReaches("/context");
    variables.put("SLIPWAY_API", "http://127.0.0.1:1/environment");
    Invocation half = slipway("onboardings");
    assertEquals(2, half.exit());
    assertTrue(half.err().contains("SLIPWAY_TOKEN: is not set"), half.err());
    variables.put("SLIPWAY_TOKEN", TOKEN);
    assertReaches("/environment");
    assertReaches("/context", "--context", "acme");
    assertReaches("nothing serves the data folder", "--data", folder);
  }

  private void assertReaches(String place, Object... options) {
    List<Object> words = new java.util.ArrayList<>(List.of("onboardings"));
    words.addAll(List.of(options));
    Invocation ended = slipway(words.toArray());
    assertEquals(1, ended.exit(), ended.err());
    assertTrue(ended.err().contains(place), ended.err());
    assertFalse(ended.err().contains(TOKEN), ended.err());
  }

  @Test
  void refusesContextsThatOthersMayRead() throws IOException {
    save("acme", "https://acme.example");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    Invocation ended = slipway("onboardings");
    assertEquals(2, ended.exit());
    assertTrue(ended.err().contains("chmod 600"), ended.err());
  }
}
