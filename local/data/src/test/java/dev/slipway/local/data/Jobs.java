package dev.slipway.local.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.ProbeResult;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A data runner without Slipway: jobs are handed to it, and it can be killed in between. */
final class Jobs {
  static final Progress SILENT = (table, read, rows, bytes) -> {};

  private static final String ID = "01K9Z3V8Q2M4N6P8R0S2T4V6W8";
  private static final RunnerKey KEY =
      RunnerKey.make(EnrolmentCode.make("customer-7sqrdz31", new Random(7)));

  private final Path folder;
  private final Path map;
  private final Map<String, String> addresses;
  private final ObjectNode login = JsonNodeFactory.instance.objectNode();
  private final Map<String, JsonNode> logins = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  Jobs(Path folder, Path map, Map<String, String> addresses) {
    this.folder = folder;
    this.map = map;
    this.addresses = addresses;
  }

  Jobs withLogin(String user, String password) {
    login.put("user", user).put("password", password);
    return this;
  }

  Jobs withKeys(String bucket, JsonNode keys) {
    logins.put(bucket, keys);
    return this;
  }

  /** The end of the process, which no code of the runner can catch. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Kills at the report of that number. */
  static Progress killing(int report) {
    int[] left = {report};
    return (table, read, rows, bytes) -> {
      if (left[0]-- == 0) {
        throw new Killed();
      }
    };
  }

  DataJob job(Operation operation, String store, String manifest, String... organisations) {
    boolean atTarget =
        List.of(Operation.LOAD, Operation.COMPARE, Operation.UNDO, Operation.COLLISIONS)
            .contains(operation);
    return new DataJob(
        operation,
        store,
        "acme",
        List.of(organisations),
        DataMap.read(map).hash(),
        atTarget ? Optional.of("acme-own") : Optional.empty(),
        Optional.ofNullable(manifest));
  }

  ProbeResult run(DataJob job, Progress progress) {
    return new DataExecution(
            KEY,
            folder,
            DataMap.read(map),
            new Places(addresses, system -> Optional.ofNullable(logins.get(system)), http),
            progress,
            word -> {},
            line -> {},
            InstantSource.system())
        .run(ID, job, login);
  }

  /** The facts of a job that must not meet trouble. */
  Map<String, String> facts(DataJob job) {
    ProbeResult result = run(job, SILENT);
    if (result.trouble() != null) {
      throw new AssertionError(result.trouble().kind() + ": " + result.trouble().message());
    }
    return result.facts();
  }

  ProbeResult.Trouble trouble(DataJob job) {
    ProbeResult result = run(job, SILENT);
    if (result.trouble() == null) {
      throw new AssertionError("no trouble, but " + result.facts());
    }
    return result.trouble();
  }
}
