package dev.slipway.local.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import dev.slipway.json.Json;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Engine;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.mongo.BsonFiles;
import dev.slipway.local.data.mongo.Documents;
import dev.slipway.local.data.mongo.LiveDocuments;
import dev.slipway.local.data.mongo.MongoEngine;
import dev.slipway.local.data.objects.Buckets;
import dev.slipway.local.data.sql.SqlDatabase;
import dev.slipway.local.data.sql.SqlEngine;
import dev.slipway.local.probe.Execution;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Runs the jobs on data, for those databases whose addresses the person who started the runner
 * named. Facts and troubles hold names, counts and hashes; what a database says of a row is shown
 * here, and goes nowhere.
 */
public final class DataExecution implements Execution {
  private static final int LONGEST = 1000;
  private static final Duration BEAT = Duration.ofSeconds(30);

  private final RunnerKey key;
  private final Path folder;
  private final DataMap map;
  private final Places places;
  private final Progress progress;
  private final Consumer<ProbeResult> tell;
  private final Consumer<String> say;
  private final InstantSource clock;

  /**
   * @param key signs manifests
   * @param folder where dumps lie
   * @param places where databases and buckets are
   * @param tell hands on how far a job has come
   * @param say shows a line to the person who started the runner
   */
  public DataExecution(
      RunnerKey key,
      Path folder,
      DataMap map,
      Places places,
      Progress progress,
      Consumer<ProbeResult> tell,
      Consumer<String> say,
      InstantSource clock) {
    this.key = key;
    this.folder = folder;
    this.map = map;
    this.places = places;
    this.progress = progress;
    this.tell = tell;
    this.say = say;
    this.clock = clock;
  }

  /** The runner at the other side takes the jobs of that side. */
  @Override
  public boolean takes(Probe probe) {
    return probe instanceof DataJob job && places.addresses().containsKey(job.database());
  }

  @Override
  public ProbeResult run(String id, Probe probe, JsonNode login) {
    DataJob job = (DataJob) probe;
    Instant at = clock.instant();
    try (Heartbeat heartbeat =
        new Heartbeat(progress, BEAT, reached -> tell.accept(word(id, job, reached)))) {
      return new ProbeResult(id, job.hash(), at, facts(job, login, heartbeat), null);
    } catch (DataTrouble trouble) {
      if (!trouble.here().isEmpty()) {
        say.accept("  " + trouble.here());
      }
      return trouble(id, job, at, trouble.kind(), trouble.getMessage());
    } catch (SQLException e) {
      say.accept("  " + e.getMessage());
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      return trouble(
          id,
          job,
          at,
          state.startsWith("28")
              ? "authentication-failed"
              : state.startsWith("08") ? "not-connected" : "database-trouble",
          "%s answered with the error %d (%s); the runner shows its words."
              .formatted(job.database(), e.getErrorCode(), state));
    } catch (MongoException e) {
      say.accept("  " + e.getMessage());
      String kind =
          switch (e) {
            case MongoSecurityException refused -> "authentication-failed";
            case MongoTimeoutException silent -> "not-connected";
            default -> "database-trouble";
          };
      return trouble(
          id,
          job,
          at,
          kind,
          "%s answered with the error %d; the runner shows its words."
              .formatted(job.database(), e.getCode()));
    } catch (IOException | UncheckedIOException e) {
      say.accept("  " + e.getMessage());
      return trouble(id, job, at, "files-trouble", "The runner's files cannot be read or written.");
    }
  }

  private ProbeResult word(String id, DataJob job, Heartbeat.Reached reached) {
    return new ProbeResult(
        id,
        job.hash(),
        clock.instant(),
        Map.of(),
        null,
        new ProbeResult.Progress(reached.table(), reached.rows(), reached.bytes()));
  }

  private static ProbeResult trouble(
      String id, DataJob job, Instant at, String kind, String message) {
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return new ProbeResult(
        id,
        job.hash(),
        at,
        Map.of(),
        new ProbeResult.Trouble(kind, line.substring(0, Math.min(line.length(), LONGEST)), ""));
  }

  private Map<String, String> facts(DataJob job, JsonNode login, Progress heard)
      throws SQLException, IOException {
    if (!map.hash().equals(job.map())) {
      throw new DataTrouble(
          "map-differs",
          "The map at the runner has the SHA-256 %s, and the job goes by %s."
              .formatted(map.hash(), job.map()));
    }
    DumpFolder files = new DumpFolder(folder, job.store());
    if (job.operation() == Operation.DISCARD) {
      return Map.of("deleted", Integer.toString(files.discard()));
    }
    DataMap.Section section = map.section(job.section());
    String address = places.addresses().get(job.database());
    return switch (section.engine()) {
      case MYSQL -> {
        Buckets buckets = buckets(section, job);
        try (SqlDatabase database = SqlDatabase.open(address, login)) {
          yield facts(job, files, new SqlEngine(database, buckets, section, job, files, heard));
        }
      }
      case MONGO -> {
        try (Documents documents = documents(address, login, job)) {
          yield facts(job, files, new MongoEngine(documents, section, job, files, heard));
        }
      }
    };
  }

  /** All that a job needs are looked at before it begins. */
  private Buckets buckets(DataMap.Section section, DataJob job) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String bucket : section.buckets()) {
      switch (job.operation()) {
        case SURVEY, DUMP -> names.add(bucket + "-source");
        case LOAD, COMPARE -> names.addAll(List.of(bucket + "-source", bucket + "-target"));
        case UNDO -> names.add(bucket + "-target");
        case CHECK, COLLISIONS, DISCARD -> {}
      }
    }
    try {
      return Buckets.open(places.http(), clock, names, places.addresses(), places.logins());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  private static Documents documents(String address, JsonNode login, DataJob job) {
    return address.startsWith("mongodb")
        ? LiveDocuments.open(address, login, job.operation() == Operation.DUMP)
        : new BsonFiles(Path.of(address));
  }

  private Map<String, String> facts(DataJob job, DumpFolder files, Engine engine)
      throws SQLException, IOException {
    return switch (job.operation()) {
      case SURVEY -> engine.survey();
      case DUMP -> {
        Map<String, String> facts = engine.dump();
        sign(files.manifestFile());
        yield facts;
      }
      case CHECK -> engine.check();
      case LOAD -> engine.load();
      case COMPARE -> engine.compare();
      case UNDO -> engine.undo();
      case COLLISIONS -> engine.collisions();
      case DISCARD -> throw new IllegalStateException("needs no engine");
    };
  }

  /** Beside the manifest lies the proof that this runner wrote it. */
  private void sign(Path manifest) throws IOException {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.key());
      signature.update(Files.readAllBytes(manifest));
      Files.writeString(
          manifest.resolveSibling("manifest.signature.json"),
          Json.text(
              Map.of(
                  "runner",
                  key.runner(),
                  "publicKey",
                  key.publicKey(),
                  "signature",
                  Base64.getEncoder().encodeToString(signature.sign()))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }
}
