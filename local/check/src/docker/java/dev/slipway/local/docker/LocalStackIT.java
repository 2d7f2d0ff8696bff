package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
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
    OnboardingRun run = run(profile, Duration.ofMinutes(90));
    SlipwayApi manager = deployment.people().as(Role.MANAGER, run.onboarding());

    assertSame(local(profile), kept(manager.report(run.onboarding())));
  }

  /** Takes an onboarding to its end, as {@code slipway run} does. */
  private OnboardingRun run(String profile, Duration patience) throws Exception {
    var run =
        new OnboardingRun(
            new ProfileReader(new Checklists()).read(Checkout.project().resolve(profile)),
            Optional.empty(),
            deployment.people(),
            deployment.standIns(),
            new PlainView(new PrintStream(System.out, true, StandardCharsets.UTF_8)),
            new DeployedPace(),
            patience,
            () -> false);
    assertEquals(new Ending.AllFinal(), run.run());
    return run;
  }

  private static byte[] kept(byte[] report) throws Exception {
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

  private static void assertSame(byte[] local, byte[] localStack) throws Exception {
    JsonNode expected = ComparableReport.of(Json.MAPPER.readTree(local));
    JsonNode actual = ComparableReport.of(Json.MAPPER.readTree(localStack));
    assertEquals(expected.path("tasks").size(), actual.path("tasks").size());
    for (int i = 0; i < expected.path("tasks").size(); i++) {
      assertEquals(
          expected.path("tasks").get(i).toPrettyString(),
          actual.path("tasks").get(i).toPrettyString());
    }
    assertEquals(expected.toPrettyString(), actual.toPrettyString());
  }
}
