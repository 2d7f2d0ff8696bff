package dev.slipway.local.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.cli.SmtpRelay;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.Pace;
import dev.slipway.local.run.People;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileException;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.RealPace;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of samples is complete, and it is right in the local runtime; with {@code -Pdocker} it
 * has to be right in containers too.
 */
final class SampleTableTest {
  private static final Path ROOT = ProjectRoot.find();

  /** What is no event of a function. */
  private static final Set<String> ELSEWHERE = Set.of("profiles", "executions");

  @Test
  void everyFunctionHasASample() {
    Template template =
        Template.read(
            ROOT.resolve("template.yaml"),
            Stack.local("slipway", Map.of("JwtIssuer", "https://issuer.test")));
    Set<String> functions =
        template.functions().stream()
            .map(FunctionResource::logicalId)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        functions,
        Sample.table().stream()
            .map(Sample::function)
            .collect(Collectors.toCollection(TreeSet::new)),
        "functions of the template, functions in src/test/resources/samples/table.json; a task's line"
            + " is {\"function\": …, \"event\": …, \"outcome\": …}, see docs/testing.md");
  }

  @Test
  void everyEventIsOfOneSample() throws IOException {
    Set<String> events;
    try (Stream<Path> tree = Files.walk(ROOT.resolve("events"))) {
      events =
          tree.filter(Files::isRegularFile)
              .map(file -> ROOT.resolve("events").relativize(file))
              .filter(file -> file.getNameCount() > 1)
              .filter(file -> !ELSEWHERE.contains(file.getName(0).toString()))
              .map(file -> "events/" + file.toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(
        events,
        Sample.table().stream().map(Sample::event).collect(Collectors.toCollection(TreeSet::new)),
        "files in events, events in src/test/resources/samples/table.json");
    assertEquals(events.size(), Sample.table().size(), "each event once");
  }

  @Test
  void everyFunctionAnswersAsTheTableSays() throws Exception {
    try (var sandbox = Sandbox.start(SandboxOptions.inMemory());
        var runtime =
            LocalRuntime.start(
                RuntimeOptions.of(ROOT, "slipway")
                    .withParameters(Map.of("JwtIssuer", "https://issuer.test"))
                    .withEnvironment(sandbox.endpoints().environment())
                    .withMails(
                        SmtpRelay.of(sandbox.endpoints().environment(), InstantSource.system())))) {
      var people = new People(runtime.apiUri(), runtime.issuer());
      String prepared = prepare(people, new RealPace(runtime.time(), runtime::changes));
      var story =
          new SampleStory(
              ROOT,
              people.as(Role.MANAGER, prepared),
              prepared,
              people
                  .as(Role.MANAGER, "")
                  .create("enterprise-environment", "Example", "enterprise-sample")
                  .at("/onboarding/id")
                  .asText(),
              (function, event) -> invoke(runtime, function, event));
      assertEquals(Sample.table().size(), story.playAll());
    }
  }

  /** Gives what the profile gives, and starts nothing. */
  private static String prepare(People people, Pace pace) throws ProfileException {
    var run =
        new OnboardingRun(
            new ProfileReader(new Checklists())
                .read(ROOT.resolve("events/profiles/hosting-provider.json")),
            Optional.empty(),
            people,
            null,
            new PlainView(new PrintStream(OutputStream.nullOutputStream())),
            pace,
            Duration.ofMinutes(5),
            () -> false);
    run.plan();
    return run.onboarding();
  }

  private static JsonNode invoke(LocalRuntime runtime, String function, JsonNode event) {
    String arn = runtime.template().function(function).orElseThrow().arn();
    InvocationResult result = runtime.functions().invoke(arn, event).join();
    if (result.failed()) {
      throw new AssertionError(function + ": " + result.payload());
    }
    return result.payload() == null ? NullNode.getInstance() : result.payload();
  }
}
