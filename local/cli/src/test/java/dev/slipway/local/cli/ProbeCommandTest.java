package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.probe.EnrolmentCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses, and a whole onboarding whose systems are inside. */
class ProbeCommandTest {
  private static final Path PROFILE =
      ProjectRoot.find().resolve("events/profiles/hosting-provider-private-network.json");

  @TempDir private Path folder;

  @Test
  void refusesWhatItCannotUse() {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("probe"),
            List.of("probe", "--api", "https://slipway.example"),
            List.of("probe", "--api", "http://slipway.example", "--code", "x"),
            List.of("probe", "--api", "https://slipway.example", "--code", "no code"),
            List.of(
                "probe",
                "--api",
                "https://slipway.example",
                "--key-file",
                folder.resolve("none.json")),
            List.of(
                "probe",
                "--api",
                "https://slipway.example",
                "--code",
                "x",
                "--ca",
                folder.resolve("none.pem")))) {
      Invocation ended = Invocation.of(wrong.toArray());
      assertEquals(2, ended.exit(), () -> wrong + ": " + ended);
      assertFalse(ended.err().isBlank());
    }
  }

  @Test
  void saysWhySlipwayCannotBeReached() throws IOException {
    String code = EnrolmentCode.make("hoster-7sqrdz31", new Random(7)).whole();
    String nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + free.getLocalPort();
    }
    for (List<Object> each :
        List.<List<Object>>of(
            List.of("http://" + nobody, "", "connection refused"),
            List.of("https://slipway.invalid", "", "name is not known"),
            List.of("https://slipway.invalid", nobody, "through the proxy " + nobody))) {
      List<Object> command =
          new ArrayList<>(List.of("probe", "--once", "--code", code, "--api", each.get(0)));
      if (!each.get(1).equals("")) {
        command.addAll(List.of("--proxy", each.get(1)));
      }
      Invocation ended = Invocation.of(command.toArray());
      assertEquals(1, ended.exit(), ended::toString);
      assertTrue(ended.err().contains((String) each.get(2)), ended::toString);
    }
  }

  @Test
  void looksFromInsideAtWhatOnlyTheInsideReaches() throws IOException {
    Path report = folder.resolve("report.json");

    Invocation ended = Invocation.of("run", PROFILE, "--fast-forward", "--report", report);

    assertEquals(0, ended.exit(), ended.toString());
    JsonNode tasks = Json.MAPPER.readTree(report.toFile()).path("tasks");
    for (String row : List.of("V01", "V04", "V05", "V06")) {
      JsonNode task =
          StreamSupport.stream(tasks.spliterator(), false)
              .filter(each -> each.path("row").asText().equals(row))
              .findFirst()
              .orElseThrow();
      assertEquals("DONE", task.path("outcome").asText(), task::toString);
      assertTrue(
          StreamSupport.stream(task.path("evidence").spliterator(), false)
              .anyMatch(
                  evidence ->
                      evidence.path("where").asText().equals("PROBE_RUNNER")
                          && evidence.path("by").asText().endsWith("(infra-host-1)")),
          task::toString);
    }
    assertTrue(
        Files.readString(folder.resolve("report.md")).contains("(infra-host-1)"),
        "the report says where a probe ran");
    String kept = Files.readString(report);
    assertFalse(kept.contains("Watch-the-platf0rm"), "a login typed at the runner left it");
  }
}
