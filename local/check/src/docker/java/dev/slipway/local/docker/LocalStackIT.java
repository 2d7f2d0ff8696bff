package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.kms.Pem;
import dev.slipway.local.report.ReportVerification;
import dev.slipway.local.report.Verdict;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.OnboardingStatus;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.RunView;
import dev.slipway.local.run.TaskStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built template in LocalStack: an engine that is not ours takes a hosting provider from
 * creation to sign-off, and an enterprise to its end, and the reports are the local runtime's.
 */
@Needs({Need.SAM, Need.DOCKER, Need.CONTAINERS_REACH_THIS_MACHINE, Need.LOCALSTACK_IMAGE})
class LocalStackIT {
  private static final String INFRASTRUCTURE = "infrastructure.";

  private static Deployment deployment;

  @TempDir private Path folder;

  @BeforeAll
  static void deploy() throws Exception {
    deployment = Deployment.start(Checkout.built());
  }

  @AfterAll
  static void end() {
    if (deployment != null) {
      deployment.close();
    }
  }

  /** LocalStack has parsed the state machines: what they name has to be in the stack as well. */
  @Test
  void everyStateNamesAFunctionOrMachineOfTheStack() throws Exception {
    Set<String> deployed = new TreeSet<>(deployment.functionArns());
    deployed.addAll(deployment.machineArns());
    assertEquals(deployment.machineArns().size(), Checkout.definitions().size());
    int states = 0;
    for (String machine : deployment.machineArns()) {
      for (JsonNode state : taskStates(Json.MAPPER.readTree(deployment.definition(machine)))) {
        states++;
        String resource = state.path("Resource").asText();
        JsonNode arguments = state.path("Arguments");
        String target =
            switch (resource) {
              case "arn:aws:states:::lambda:invoke",
                  "arn:aws:states:::lambda:invoke.waitForTaskToken" ->
                  arguments.path("FunctionName").asText();
              case "arn:aws:states:::states:startExecution.sync:2" ->
                  arguments.path("StateMachineArn").asText();
              default -> throw new AssertionError(machine + ": unknown resource " + resource);
            };
        assertTrue(deployed.contains(target), () -> machine + ": " + target + " is not deployed");
      }
    }
    assertTrue(states > Checkout.definitions().size(), "task states: " + states);
  }

  private static List<JsonNode> taskStates(JsonNode tree) {
    List<JsonNode> found = new ArrayList<>();
    if (tree.path("Type").asText().equals("Task")) {
      found.add(tree);
    }
    tree.forEach(part -> found.addAll(taskStates(part)));
    return found;
  }

  @Test
  void takesAHostingProviderFromCreationToSignOffAsTheLocalRuntimeDoes() throws Exception {
    String profile = "events/profiles/hosting-provider.json";
    OnboardingRun run = run(profile, Duration.ofMinutes(25));
    SlipwayApi manager = deployment.people().as(Role.MANAGER, run.onboarding());
    JsonNode signOff = manager.signOff(run.onboarding(), "").path("signOff");
    byte[] report = kept(manager.report(run.onboarding()));

    assertEquals(
        "SIGNED_OFF", manager.onboarding(run.onboarding()).at("/onboarding/state").asText());
    assertTrue(deployment.stepFunctions().passedOn().contains("SendTaskSuccess"));
    assertFalse(deployment.stepFunctions().passedOn().contains("SendTaskFailure"));
    assertNotNull(signOff.get("by"));
    assertGenuine(report, manager.signOff(run.onboarding()).path("signature").asText());
    assertSame(local(profile, "--sign-off"), report);
  }

  /** Instances, promotion and maps over keys; each attempt is a container that starts. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void takesAnEnterpriseToItsEndAsTheLocalRuntimeDoes() throws Exception {
    String profile = "events/profiles/enterprise-small.json";
    AtomicReference<byte[]> open = new AtomicReference<>();
    OnboardingRun run =
        run(
            profile,
            Duration.ofMinutes(110),
            status -> {
              if (open.get() == null && isOpen(status)) {
                System.out.println("The infrastructure is open.");
                open.set(report(status.id()));
              }
            });
    byte[] ended = kept(report(run.onboarding()));
    byte[] expected = local(profile);
    assertAll(
        () -> assertSame(infrastructure(expected), infrastructure(open.get())),
        () -> assertSame(expected, ended));
  }

  private static byte[] report(String onboarding) {
    return deployment.people().as(Role.MANAGER, onboarding).report(onboarding);
  }

  /** Accounts, names and certificates, of which production's certificates come last. */
  private static boolean isOpen(OnboardingStatus status) {
    return status.task(INFRASTRUCTURE + "provision-certificates@production").isPresent()
        && status.tasks().stream()
            .filter(task -> task.key().startsWith(INFRASTRUCTURE))
            .allMatch(TaskStatus::isFinal);
  }

  /** What a report says of these rows alone. */
  private static JsonNode infrastructure(byte[] report) throws IOException {
    JsonNode all = Json.MAPPER.readTree(report);
    ObjectNode rows = Json.MAPPER.createObjectNode();
    rows.set("onboarding", all.get("onboarding"));
    rows.putArray("tasks")
        .addAll(
            all.path("tasks")
                .valueStream()
                .filter(task -> task.path("task").asText().startsWith(INFRASTRUCTURE))
                .toList());
    assertFalse(rows.path("tasks").isEmpty());
    return rows;
  }

  /** Takes an onboarding to its end, as {@code slipway run} does. */
  private OnboardingRun run(String profile, Duration patience) throws Exception {
    return run(profile, patience, status -> {});
  }

  /** The same, while an onlooker sees each status. */
  private OnboardingRun run(String profile, Duration patience, Consumer<OnboardingStatus> onlooker)
      throws Exception {
    RunView lines = new PlainView(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    var run =
        new OnboardingRun(
            new ProfileReader(new Checklists()).read(Checkout.project().resolve(profile)),
            Optional.empty(),
            deployment.people(),
            deployment.standIns(),
            new WatchedView(lines, onlooker),
            new DeployedPace(),
            patience,
            () -> false);
    assertEquals(new Ending.AllFinal(), run.run());
    return run;
  }

  /** Shows what another view shows, and tells an onlooker. */
  private record WatchedView(RunView view, Consumer<OnboardingStatus> onlooker) implements RunView {
    @Override
    public void line(String text) {
      view.line(text);
    }

    @Override
    public void status(OnboardingStatus status) {
      view.status(status);
      onlooker.accept(status);
    }

    @Override
    public void close() {
      view.close();
    }
  }

  private static byte[] kept(byte[] report) throws IOException {
    Files.write(Checkout.scratch().resolve("localstack-report.json"), report);
    return report;
  }

  /** Signed by LocalStack's KMS, checked by files alone. */
  private void assertGenuine(byte[] report, String signature) throws Exception {
    Path file = Files.write(folder.resolve("signed.json"), report);
    Path signed =
        Files.write(folder.resolve("signed.json.sig"), Base64.getDecoder().decode(signature));
    Path key =
        Files.writeString(folder.resolve("key.pem"), Pem.of("PUBLIC KEY", deployment.reportKey()));
    Verdict verdict = ReportVerification.verify(file, key, signed);
    assertTrue(verdict instanceof Verdict.Genuine, verdict::toString);
  }

  /** The report of the same profile by the command that a newcomer types. */
  private byte[] local(String profile, String... options) throws Exception {
    Path report = folder.resolve("local.json");
    var quiet = new PrintStream(java.io.OutputStream.nullOutputStream());
    List<String> words =
        new ArrayList<>(List.of("run", Checkout.project().resolve(profile).toString()));
    words.addAll(List.of("--report", report.toString()));
    words.addAll(List.of(options));
    int exit =
        Slipway.commandLine(new Terminal(quiet, System.err, 0))
            .execute(words.toArray(String[]::new));
    assertEquals(0, exit);
    Files.copy(
        report,
        Checkout.scratch().resolve("local-report.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return Files.readAllBytes(report);
  }

  private static void assertSame(byte[] local, byte[] localStack) throws IOException {
    assertSame(Json.MAPPER.readTree(local), Json.MAPPER.readTree(localStack));
  }

  private static void assertSame(JsonNode local, JsonNode localStack) {
    JsonNode expected = ComparableReport.of(local);
    JsonNode actual = ComparableReport.of(localStack);
    assertEquals(expected.path("tasks").size(), actual.path("tasks").size());
    for (int i = 0; i < expected.path("tasks").size(); i++) {
      assertEquals(
          expected.path("tasks").get(i).toPrettyString(),
          actual.path("tasks").get(i).toPrettyString());
    }
    assertEquals(expected.toPrettyString(), actual.toPrettyString());
  }
}
