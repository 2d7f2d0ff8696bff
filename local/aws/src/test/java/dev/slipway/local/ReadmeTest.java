package dev.slipway.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's example runs. */
class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/dev/slipway/local/ReadmeTest.java");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\n(.*?)```");

  @Test
  void theExampleRuns() throws Exception {
    var sample = RuntimeOptions.of(Path.of("src/test/resources/sample"), "sample");
    try (var runtime = LocalRuntime.start(sample);
        var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(runtime.apiUri().resolve("/runs"))
              .header("Authorization", "Bearer " + runtime.issuer().token("mia", Map.of()))
              .POST(BodyPublishers.ofString("{\"id\": \"first\"}"));
      var started = http.send(request.build(), BodyHandlers.ofString());
      assertEquals(201, started.statusCode(), started.body());
    }
  }

  @Test
  void theReadmeShowsThisExample() throws Exception {
    var readme = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    assertTrue(readme.find(), "README.md has no example");
    var example = readme.group(1).indent(4);
    assertTrue(Files.readString(SOURCE).contains(example), "the README's example differs");
  }
}
