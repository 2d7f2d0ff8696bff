package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.cli.SmtpRelay;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each sample event, handed to the function that it is meant for, is understood there. They belong
 * to one story, told in its order; only the onboarding's id and the plan's hash are the run's own.
 */
final class SampleEventsRunTest {
  private static final Path ROOT = ProjectCopy.project();
  private static final String SAMPLE_ID = "example-hosting-7h3k9m2p";
  private static final String ENTERPRISE_ID = "example-enterprise-7h3k9m2p";

  private final Project project = new ProjectReader(ROOT).read();
  private final Set<String> given = new HashSet<>();
  private Sandbox sandbox;
  private LocalRuntime runtime;
  private String onboarding = SAMPLE_ID;
  private String enterprise = ENTERPRISE_ID;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.inMemory());
    runtime =
        LocalRuntime.start(
            RuntimeOptions.of(ROOT, "slipway")
                .withParameters(Map.of("JwtIssuer", "https://issuer.example/"))
                .withEnvironment(sandbox.endpoints().environment())
                .withMails(
                    SmtpRelay.of(sandbox.endpoints().environment(), InstantSource.system())));
  }

  @AfterEach
  void stop() {
    if (runtime != null) {
      runtime.close();
    }
    sandbox.close();
  }

  @Test
  void everyEventIsUnderstood() throws IOException {
    onboarding = call("CreateOnboarding", 201).at("/onboarding/id").asText();
    assertTrue(onboarding.startsWith("example-hosting-"), onboarding);
    call("ListOnboardings", 200);
    call("PreviewElement", 200);
    call("SaveElement", 200);
    call("UploadFile", 201);
    call("ListFiles", 200);
    JsonNode download = answer("DownloadFile", event("events/api/DownloadFile.json"));
    assertEquals(200, download.path("statusCode").asInt(), download::toString);
    assertTrue(download.path("isBase64Encoded").asBoolean(), download::toString);
    call("StoreCredential", 200);
    call("ListElements", 200);
    call("CompleteTask", 200);
    call("SkipTask", 202);
    call("WaiveTask", 202);
    call("ApproveTask", 202);
    String hash = call("GetPlan", 200).path("hash").asText();

    call("StartOnboarding", 409); // The sample's hash is of no plan.
    ObjectNode start = (ObjectNode) event("events/api/StartOnboarding.json");
    start.put("body", Json.MAPPER.createObjectNode().put("planHash", hash).toString());
    assertEquals(202, answer("StartOnboarding", start).path("statusCode").asInt());
    call("RetryTask", 409); // It is not reached before the section's elements are there.
    call("DelegateTask", 409); // For the same reason it asks nobody.
    call("PostNote", 201);
    call("ListNotes", 200);
    call("SettleNote", 404); // The sample's note is none of this onboarding.
    call("InvitePerson", 201);
    call("ListPeople", 200);
    call("EndPerson", 404); // Neither the sample's person nor its invitation is of this onboarding.
    call("RedeemInvitation", 404);
    call("GrantGuest", 404); // No guest says who is told of what.
    call("SendGuestCode", 401);
    call("OpenGuestSession", 401);
    for (String route :
        List.of(
            "GetGuestAsk",
            "DownloadAsGuest",
            "AnswerAsGuest",
            "UploadAsGuest",
            "SaveAsGuest",
            "StoreAsGuest")) {
      call(route, 401);
    }
    call("PutBackTask", 409); // It has changed nothing yet.
    call("AddRow", 201);
    call("EnrolProbeRunner", 201);
    call("ListProbeRunners", 200);
    call("RevokeProbeRunner", 404); // The sample's runner is none of this onboarding.
    call("RedeemProbeCode", 401);
    call("FetchProbes", 401);
    call("PostProbeResult", 401);
    call("GetMe", 200);
    call("GetPortfolio", 200);
    call("ListOpenWork", 200);
    call("ListTasks", 200);
    call("GetTask", 200);
    call("GetOnboarding", 200);
    call("ListEvents", 200);
    call("GetReport", 200);
    call("SignOff", 409); // No row is final.
    call("GetSignOff", 404);
    call("LookAgain", 202);
    call("ListLooks", 200);
    call("ScheduleLooks", 409); // It was not signed off.
    call("GetAddendum", 404);
    call("StopSection", 202);
    call("StartSection", 202);
    call("StopOnboarding", 202);
    call("CancelOnboarding", 202);
    page("Root", 302);
    page("Home", 200);
    page("Page", 200);
    page("Icon", 200);

    enterprise =
        new People(runtime.apiUri(), runtime.issuer())
            .as(Role.MANAGER, "")
            .create("enterprise-environment", "Example", "enterprise-sample")
            .at("/onboarding/id")
            .asText();
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Task task : checklist.builtTasks().toList()) {
        invoke(task.names().resource(), task.names().event());
      }
      for (ChecklistFile.Section section : checklist.builtSections()) {
        String tasks = "events/tasks/" + section.id();
        invoke("SectionGate", tasks + ".gate.json");
        invoke("ResumeSection", tasks + ".resume.json");
      }
    }
    assertTrue(invoke("BeginRun", "events/runs/begin-run.json").payload().has("begins"));
    assertTrue(invoke("FanOut", "events/runs/fan-out.json").payload().isObject());
    invoke("CompleteRun", "events/runs/complete-run.json");
    JsonNode failures =
        invoke("Wake", "events/wake/stream.json").payload().path("batchItemFailures");
    assertTrue(failures.isArray() && failures.isEmpty(), failures::toString);
    assertTrue(invoke("Wake", "events/wake/sweep.json").payload().has("looked"));

    assertTrue(invoke("Remind", "events/notice/hourly.json").payload().has("open"));
    assertTrue(invoke("EraseOnboarding", "events/erasure/hourly.json").payload().has("erased"));

    Set<String> left = new HashSet<>(project.events().keySet());
    left.removeAll(given);
    left.removeIf(
        file -> file.startsWith("events/profiles/") || file.startsWith("events/executions/"));
    left.remove("events/sam-local.json");
    assertEquals(Set.of(), left, "sample events that no function was given");
  }

  private JsonNode call(String route, int status) throws IOException {
    JsonNode answer = answer(route, event("events/api/" + route + ".json"));
    assertEquals(status, answer.path("statusCode").asInt(), () -> route + ": " + answer);
    return Json.MAPPER.readTree(answer.path("body").asText());
  }

  /** A page's route answers bytes, for a browser. */
  private void page(String route, int status) throws IOException {
    JsonNode answer = answer(route, event("events/api/" + route + ".json"));
    assertEquals(status, answer.path("statusCode").asInt(), () -> route + ": " + answer);
  }

  private JsonNode answer(String route, JsonNode event) {
    String function =
        runtime.template().routes().stream()
            .filter(each -> each.event().equals(route))
            .findFirst()
            .orElseThrow()
            .functionId();
    return run(function, event).payload();
  }

  private InvocationResult invoke(String function, String file) throws IOException {
    return run(function, event(file));
  }

  private InvocationResult run(String function, JsonNode event) {
    String arn = runtime.template().function(function).orElseThrow().arn();
    InvocationResult result = runtime.functions().invoke(arn, event).join();
    assertFalse(result.failed(), () -> function + ": " + result.payload());
    return result;
  }

  private JsonNode event(String file) throws IOException {
    given.add(file);
    return Json.MAPPER.readTree(
        Files.readString(ROOT.resolve(file))
            .replace(SAMPLE_ID, onboarding)
            .replace(ENTERPRISE_ID, enterprise));
  }
}
