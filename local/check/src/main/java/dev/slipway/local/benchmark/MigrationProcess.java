package dev.slipway.local.benchmark;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.data.DataExecution;
import dev.slipway.local.data.Places;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.mongo.BsonFiles;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.ProbeResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.ByteBuf;

/**
 * The data runner's filter in a process of its own, whose heap is bounded: copies a file of
 * documents whole, then dumps a half of it, in turns; prints a line for each.
 */
final class MigrationProcess {
  private static final int ROUNDS = 3;
  private static final int GROUPS = 100;

  private static final String MAP =
      """
      connec: {engine: mongo, tables: {"*": {key: _id, group: group_id}}}
      """;

  private final Path folder;
  private final DataJob job;

  private MigrationProcess(Path folder) throws IOException {
    this.folder = folder;
    Path map = Files.writeString(folder.resolve("map.yaml"), MAP);
    this.job = job(DataMap.read(map).hash(), hub());
  }

  /** The group of a document. */
  static String group(long number) {
    return "cld-" + number % GROUPS;
  }

  /**
   * Measures.
   *
   * @param arguments the folder with {@code source/documents.bson}
   */
  public static void main(String... arguments) throws IOException {
    new MigrationProcess(Path.of(arguments[0])).run();
  }

  private void run() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      System.out.println("copy " + copy().toMillis());
      long began = System.nanoTime();
      String manifest = dump();
      System.out.println(
          "dump " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " " + manifest);
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println("heap " + Runtime.getRuntime().maxMemory() + " " + peak);
  }

  private Duration copy() throws IOException {
    long began = System.nanoTime();
    Path copy = folder.resolve("copy.bson");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 1 << 18)) {
      new BsonFiles(folder.resolve("source"))
          .forEach(
              "documents",
              "group_id",
              Set.of(),
              document -> {
                ByteBuf bytes = document.getByteBuffer();
                out.write(bytes.array(), bytes.position(), bytes.remaining());
              });
    }
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    Files.delete(copy);
    return time;
  }

  /** As the job is run for Slipway. */
  private String dump() throws IOException {
    new DumpFolder(folder.resolve("files"), "connec").discard();
    RunnerKey key = RunnerKey.make(EnrolmentCode.make("benchmark", new SecureRandom()));
    ProbeResult result;
    try (HttpClient http = HttpClient.newHttpClient()) {
      Places places =
          new Places(
              Map.of("connec-source", folder.resolve("source").toString()),
              system -> Optional.empty(),
              http);
      result =
          new DataExecution(
                  key,
                  folder.resolve("files"),
                  DataMap.read(folder.resolve("map.yaml")),
                  places,
                  (table, read, rows, bytes) -> {},
                  word -> {},
                  System.out::println,
                  InstantSource.system())
              .run("benchmark", job, MissingNode.getInstance());
    }
    if (result.trouble() != null) {
      throw new IllegalStateException(result.trouble().message());
    }
    return result.fact("manifest");
  }

  /** The half of the groups, as the hub's dump names them. */
  private String hub() throws IOException {
    Set<String> groups = new TreeSet<>();
    for (int number = 0; number < GROUPS; number += 2) {
      groups.add(group(number));
    }
    DumpFolder hub = new DumpFolder(folder.resolve("files"), "mnohub");
    return hub.seal(new Manifest("mnohub", "acme", "", "", "", List.of(hub.groups(groups))));
  }

  private static DataJob job(String map, String hub) {
    return new DataJob(
        Operation.DUMP, "connec", "acme", List.of(), map, Optional.empty(), Optional.of(hub));
  }
}
