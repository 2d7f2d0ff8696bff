package dev.slipway.local.benchmark;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Measures the data runner's filter over a file of {@code mongodump}, of which a half belongs to
 * the tenant: its speed as a part of that of a plain copy of the same stream by the same driver,
 * and the heap that it needs.
 */
final class MigrationBenchmark {
  private static final String HEAP = "-Xmx256m";
  private static final int DISTINCT = 10_000;
  private static final long MEGABYTE = 1_000_000;

  private final int megabytes;

  MigrationBenchmark(int megabytes) {
    this.megabytes = megabytes;
  }

  void report(PrintStream out) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("slipway-migration");
    try {
      long bytes = write(Files.createDirectory(folder.resolve("source")));
      out.printf("a dump of %,d MB, filtered with %s%n", bytes / MEGABYTE, HEAP);
      out.flush();
      measure(folder, bytes, out);
    } finally {
      delete(folder);
    }
  }

  private static void measure(Path folder, long bytes, PrintStream out)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<Long> copies = new ArrayList<>();
    List<Long> dumps = new ArrayList<>();
    Set<String> manifests = new HashSet<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "copy" -> copies.add(Long.parseLong(words[1]));
          case "dump" -> {
            dumps.add(Long.parseLong(words[1]));
            manifests.add(words[2]);
          }
          case "heap" ->
              out.printf(
                  "heap used at most: %,d MB of %,d MB%n",
                  Long.parseLong(words[2]) / MEGABYTE, Long.parseLong(words[1]) / MEGABYTE);
          default -> out.println(line);
        }
      }
    }
    if (process.waitFor() != 0 || dumps.isEmpty()) {
      throw new IOException("the measured process ended with " + process.exitValue());
    }
    long copy = median(copies);
    long dump = median(dumps);
    out.printf("plain copy of all of it: %,d ms, %,d MB/s%n", copy, bytes / 1000 / copy);
    out.printf("filtered dump of a half: %,d ms, %,d MB/s%n", dump, bytes / 1000 / dump);
    out.printf("the filter's speed as a part of the copy's: %.2f%n", (double) copy / dump);
    out.printf(
        "manifests of %d dumps: %s%n",
        dumps.size(), manifests.size() == 1 ? "the same" : manifests.size() + " different ones");
    out.flush();
  }

  private static long median(List<Long> times) {
    return Math.max(1, times.stream().sorted().toList().get(times.size() / 2));
  }

  /** Documents as an accounting's are, of many groups by turns. */
  private long write(Path folder) throws IOException {
    BsonDocumentCodec codec = new BsonDocumentCodec();
    List<RawBsonDocument> documents = new ArrayList<>();
    for (int number = 0; number < DISTINCT; number++) {
      documents.add(
          new RawBsonDocument(
              new BsonDocument("_id", new BsonInt64(number))
                  .append("type", new BsonString("invoice"))
                  .append("group_id", new BsonString(MigrationProcess.group(number)))
                  .append("title", new BsonString("Invoice number " + number))
                  .append("amount", new BsonDouble(0.37 * number))
                  .append("at", new BsonDateTime(1_700_000_000_000L + number))
                  .append("note", new BsonString("Füße ".repeat(5 + number % 40))),
              codec));
    }
    long bytes = 0;
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("documents.bson")))) {
      for (int next = 0; bytes < megabytes * MEGABYTE; next = (next + 1) % DISTINCT) {
        ByteBuf document = documents.get(next).getByteBuffer();
        out.write(document.array(), document.position(), document.remaining());
        bytes += document.remaining();
      }
    }
    return bytes;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
