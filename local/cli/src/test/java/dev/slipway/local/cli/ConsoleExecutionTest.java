package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.run.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** Somebody starts an execution in the Step Functions console. */
class ConsoleExecutionTest {
  @TempDir private static Path folder;
  private static LocalSlipway slipway;
  private static SfnClient console;

  @BeforeAll
  static void start() {
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(folder.resolve("data"), null));
    var key = slipway.runtime().operatorKey();
    console =
        SfnClient.builder()
            .endpointOverride(slipway.runtime().awsUri())
            .region(Region.of(slipway.runtime().template().stack().region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .build();
  }

  @AfterAll
  static void stop() {
    console.close();
    slipway.close();
  }

  private static String create(String name) {
    return slipway
        .callers()
        .as(Role.MANAGER, "")
        .create("hosting-provider", name, "the-key-of-" + name)
        .at("/onboarding/id")
        .asText();
  }

  private static String start(String input) {
    String machine =
        console.listStateMachines(list -> {}).stateMachines().stream()
            .filter(each -> each.name().contains("HostingProviderOnboarding"))
            .map(StateMachineListItem::stateMachineArn)
            .findFirst()
            .orElseThrow();
    return console
        .startExecution(start -> start.stateMachineArn(machine).input(input))
        .executionArn();
  }

  private static DescribeExecutionResponse ended(String arn) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (true) {
      DescribeExecutionResponse seen = console.describeExecution(each -> each.executionArn(arn));
      if (seen.status() != ExecutionStatus.RUNNING) {
        return seen;
      }
      assertTrue(Instant.now().isBefore(end), seen::toString);
      Thread.sleep(100);
    }
  }

  private static void refused(String input, String error, String cause)
      throws InterruptedException {
    DescribeExecutionResponse seen = ended(start(input));
    assertEquals(ExecutionStatus.FAILED, seen.status());
    assertEquals(error, seen.error());
    assertTrue(seen.cause().contains(cause), seen.cause());
  }

  private static String input(String id, int run) {
    return "{\"onboardingId\": \"%s\", \"run\": %d}".formatted(id, run);
  }

  private static String shown(String id) {
    return Invocation.of("show", id, "--data", folder.resolve("data")).out();
  }

  @Test
  void becomesTheNextRun() throws Exception {
    String id = create("Console");
    ObjectNode event =
        (ObjectNode)
            Json.MAPPER.readTree(
                ProjectRoot.find().resolve("events/executions/hosting-provider.json").toFile());
    String arn = start(event.put("onboardingId", id).toString());

    awaits(id, ", RUNNING, run 1");
    awaits(id, "technical-configuration.gate waits for the customer");
    assertTrue(Invocation.of("events", id, "--data", folder.resolve("data")).out().contains(arn));

    refused(input(id, 1), "Slipway.RunUnderWay", "is under way already as " + arn);
    refused(input(id, 2), "Slipway.StaleRun", "it is RUNNING at run 1");
    // It is a run like any other: it is stopped, and the next is started, here by the API.
    var manager = slipway.callers().as(Role.MANAGER, id);
    manager.stop(id, "a break");
    awaits(id, ", STOPPED, run 1");
    assertEquals(ExecutionStatus.ABORTED, ended(arn).status());
    refused(input(id, 1), "Slipway.StaleRun", "the next is 2");
    manager.start(id, manager.plan(id).path("hash").asText());
    awaits(id, ", RUNNING, run 2");
    manager.cancel(id, "the end");
    awaits(id, ", CANCELLED, run 2");
    refused(input(id, 3), "Slipway.NothingToRun", "is CANCELLED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | onboardingId: must name an onboarding",
        "[] | onboardingId: must name an onboarding",
        "\"text\" | onboardingId: must name an onboarding",
        "{\"onboardingId\": 7, \"run\": 1} | onboardingId: must name an onboarding",
        "{\"onboardingId\": \"../x\", \"run\": 1} | onboardingId: must name an onboarding",
        "{\"onboardingId\": \"a-b\"} | run: must be a whole number",
        "{\"onboardingId\": \"a-b\", \"run\": \"1\"} | run: must be a whole number",
        "{\"onboardingId\": \"a-b\", \"run\": 0} | run: must be a whole number",
        "{\"onboardingId\": \"a-b\", \"run\": 1.5} | run: must be a whole number",
        "{\"onboardingId\": \"a-b\", \"run\": 99999999999} | run: must be a whole number"
      })
  void saysWhatIsWrongWithItsInput(String input, String cause) throws Exception {
    refused(input, "Slipway.WrongInput", cause);
  }

  @Test
  void saysThatThereIsNoSuchOnboarding() throws Exception {
    refused(input("nobody-knows", 1), "Slipway.UnknownOnboarding", "no onboarding nobody-knows");
    refused(input(create("Later"), 5), "Slipway.StaleRun", "so the next is 1.");
  }

  private static void awaits(String id, String text) throws InterruptedException, IOException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!shown(id).contains(text)) {
      assertTrue(Instant.now().isBefore(end), () -> List.of(text, shown(id)).toString());
      Thread.sleep(100);
    }
  }
}
