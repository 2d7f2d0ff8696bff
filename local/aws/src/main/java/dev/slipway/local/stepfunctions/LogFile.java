package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.history.HistoryEvent;
import dev.slipway.local.aws.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * One execution in one append-only file: a line with the header, then a line per durable point with
 * its new events, the state and a snapshot, each line with a checksum in front. A line that a crash
 * tore is dropped when the file is read. When superseded snapshots fill most of the file it is
 * written anew.
 */
final class LogFile implements ExecutionLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WORTH_REWRITING = 512 * 1024;

  private final Path file;
  private final ExecutionHeader header;
  private long superseded;
  private long lastSnapshot;
  private boolean created;

  private LogFile(Path file, ExecutionHeader header, boolean created) {
    this.file = file;
    this.header = header;
    this.created = created;
  }

  /** The log of a new execution; the file comes to be with the first durable point. */
  static LogFile create(Path folder, ExecutionHeader header) {
    return new LogFile(file(folder, header.arn()), header, false);
  }

  private static Path file(Path folder, String arn) {
    return folder.resolve(Definition.hash(arn).substring(0, 40) + ".log");
  }

  /**
   * The content of a file.
   *
   * @param snapshot of the last durable point
   */
  record Content(
      LogFile log,
      ExecutionHeader header,
      ExecutionState state,
      JsonNode snapshot,
      List<String> submitted) {}

  /** Reads a file; null if not even its first durable point was completed. */
  static Content open(Path file) {
    var lines = lines(file);
    if (lines.size() < 2) {
      return null;
    }
    var header = ExecutionHeader.of(lines.getFirst());
    var last = lines.getLast();
    var log = new LogFile(file, header, true);
    log.cutTornTail(lines);
    var submitted = new ArrayList<String>();
    last.path("submitted").forEach(id -> submitted.add(id.asText()));
    return new Content(
        log, header, ExecutionState.of(last.path("state")), last.path("snapshot"), submitted);
  }

  Path file() {
    return file;
  }

  @Override
  public synchronized void append(
      List<HistoryEvent> events,
      ExecutionState state,
      Supplier<JsonNode> snapshot,
      Set<String> submitted) {
    var point = JSON.createObjectNode();
    var array = point.putArray("events");
    events.forEach(event -> array.add(event.toJson()));
    point.set("state", state.toJson());
    var snapshotJson = snapshot.get();
    point.set("snapshot", snapshotJson);
    submitted.forEach(point.putArray("submitted")::add);
    var line = line(point);
    try {
      if (!created) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(line(header.toJson()));
        content.writeBytes(line);
        write(
            content.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        DurableFiles.forceFolder(file.getParent());
        created = true;
      } else {
        write(line, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    superseded += lastSnapshot;
    lastSnapshot = line.length;
    if (superseded > WORTH_REWRITING) {
      rewrite();
    }
  }

  private void write(byte[] bytes, StandardOpenOption... options) throws IOException {
    var all = new java.util.HashSet<StandardOpenOption>(List.of(options));
    all.add(StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, all)) {
      DurableFiles.writeAll(channel, bytes);
      channel.force(false);
    }
  }

  /** Keeps all events, but only the last state and snapshot. */
  private void rewrite() {
    var lines = lines(file);
    ObjectNode last = (ObjectNode) lines.getLast();
    ArrayNode all = JSON.createArrayNode();
    events(lines).forEach(all::add);
    last.set("events", all);
    var content = new ByteArrayOutputStream();
    content.writeBytes(line(header.toJson()));
    content.writeBytes(line(last));
    DurableFiles.replace(file, content.toByteArray());
    superseded = 0;
  }

  @Override
  public synchronized List<JsonNode> events() {
    return created ? events(lines(file)) : List.of();
  }

  private static List<JsonNode> events(List<JsonNode> lines) {
    var events = new ArrayList<JsonNode>();
    for (var line : lines) {
      line.path("events").forEach(events::add);
    }
    return events;
  }

  /** Otherwise the next line would be appended to the torn one. */
  private void cutTornTail(List<JsonNode> whole) {
    try {
      long length = 0;
      for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (whole.isEmpty() || parse(bytes(line)) == null) {
          break;
        }
        length += line.length() + 1L;
      }
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (channel.size() > length) {
          channel.truncate(length);
          channel.force(true);
        } else if (channel.size() < length) {
          // Only the line end is missing.
          channel.position(channel.size());
          DurableFiles.writeAll(channel, new byte[] {'\n'});
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> lines(Path file) {
    var lines = new ArrayList<JsonNode>();
    try {
      // Byte by byte, so that a torn character does no harm.
      for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        var parsed = parse(bytes(line));
        if (parsed == null) {
          break;
        }
        lines.add(parsed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] line(JsonNode json) {
    var text = json.toString().getBytes(StandardCharsets.UTF_8);
    var line = new ByteArrayOutputStream(text.length + 10);
    line.writeBytes("%08x ".formatted(checksum(text, 0)).getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(text);
    line.write('\n');
    return line.toByteArray();
  }

  private static JsonNode parse(byte[] line) {
    if (line.length < 11) {
      return null;
    }
    var expected = "%08x ".formatted(checksum(line, 9));
    if (!expected.equals(new String(line, 0, 9, StandardCharsets.US_ASCII))) {
      return null;
    }
    try {
      return JSON.readTree(new String(line, 9, line.length - 9, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static long checksum(byte[] bytes, int from) {
    var crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }
}
