package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Files, addressed by content, in chunks: what people hand over (logos, templates, certificates),
 * and what Slipway itself keeps.
 */
public final class Files {
  /** The largest file taken, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** How many files people may hand over to one onboarding. */
  public static final int MOST_FILES = 500;

  /** How many bytes these files may have together. */
  public static final long MOST_BYTES = 250_000_000;

  private static final int TRIES = 50;

  /** DynamoDB takes items of 400 KB; base64 adds a third. */
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Items items;
  private final String prefix;

  /**
   * @param prefix of the sort keys: {@code <prefix>#<sha256>#<n>} and {@code <prefix>INFO#<sha256>}
   */
  private Files(Items items, String prefix) {
    this.items = items;
    this.prefix = prefix;
  }

  /** The files that people handed over. */
  public static Files handedOver(Items items) {
    return new Files(items, "FILE");
  }

  /** The reports that were signed, compressed. */
  public static Files reports(Items items) {
    return new Files(items, "REPORT");
  }

  /**
   * A file without its content.
   *
   * @param sha256 its address, in hex
   * @param name as the person named it
   * @param mediaType as the person said
   * @param bytes its size
   */
  public record FileInfo(
      String sha256, String name, String mediaType, int bytes, String by, Instant at) {}

  record Chunk(String base64) {}

  /**
   * The total of the files that people have handed over to one onboarding so far.
   *
   * @param version counts the writes
   */
  record Total(long version, int files, long bytes) {
    Total and(long more) {
      if (files >= MOST_FILES || bytes + more > MOST_BYTES) {
        throw new FilesFullException(files, bytes);
      }
      return new Total(version, files + 1, bytes + more);
    }
  }

  /**
   * Keeps a file that a person hands over, if the onboarding still takes one. The same content kept
   * twice is one file.
   *
   * @throws FilesFullException if there would be more than {@link #MOST_FILES} or {@link
   *     #MOST_BYTES}, however many are handed over at once
   * @throws IllegalArgumentException if it is empty or larger than {@link #MAX_BYTES}
   */
  public FileInfo take(
      String onboarding, byte[] content, String name, String mediaType, Actor actor) {
    return keep(onboarding, content, name, mediaType, actor, true);
  }

  /**
   * Keeps a file of Slipway's own. The same content kept twice is one file.
   *
   * @throws IllegalArgumentException if it is empty or larger than {@link #MAX_BYTES}
   */
  public FileInfo keep(
      String onboarding, byte[] content, String name, String mediaType, Actor actor) {
    return keep(onboarding, content, name, mediaType, actor, false);
  }

  private FileInfo keep(
      String onboarding,
      byte[] content,
      String name,
      String mediaType,
      Actor actor,
      boolean counted) {
    if (content.length == 0 || content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "file: must have 1 to " + MAX_BYTES + " bytes, has " + content.length);
    }
    String sha256 = sha256(content);
    Optional<FileInfo> known = info(onboarding, sha256);
    if (known.isPresent()) {
      return known.get();
    }
    if (counted) {
      // Checked before the first write; the last write checks it again, for a race.
      total(onboarding).and(content.length);
    }
    for (int n = 0; n * CHUNK_BYTES < content.length; n++) {
      byte[] part =
          Arrays.copyOfRange(
              content, n * CHUNK_BYTES, Math.min(content.length, (n + 1) * CHUNK_BYTES));
      putOnce(onboarding, chunkKey(sha256, n), new Chunk(Base64.getEncoder().encodeToString(part)));
    }
    // Written last: a file whose info is there is whole.
    FileInfo info =
        new FileInfo(sha256, name, mediaType, content.length, actor.name(), items.now());
    if (counted) {
      return putCounted(onboarding, info);
    }
    putOnce(onboarding, infoKey(sha256), info);
    return info;
  }

  private FileInfo putCounted(String onboarding, FileInfo info) {
    String partition = Partition.of(onboarding);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Total before = total(onboarding);
      Total after = before.and(info.bytes());
      try {
        items.write(
            List.of(
                Write.put(partition, infoKey(info.sha256()), 0, Json.tree(info)),
                Write.put(partition, totalKey(), before.version(), Json.tree(after))));
        return info;
      } catch (LostRaceException e) {
        Optional<FileInfo> known = info(onboarding, info.sha256());
        if (known.isPresent()) {
          return known.get();
        }
        // Another file came between: count again.
      }
    }
    throw new LostRaceException(totalKey());
  }

  /** For an onboarding from before files were counted, the files that there are. */
  private Total total(String onboarding) {
    return items
        .get(Partition.of(onboarding), totalKey(), Total.class)
        .orElseGet(
            () -> {
              List<FileInfo> all = list(onboarding);
              return new Total(0, all.size(), all.stream().mapToLong(FileInfo::bytes).sum());
            });
  }

  private String totalKey() {
    return prefix + "TOTAL";
  }

  /** The description of a file. */
  public Optional<FileInfo> info(String onboarding, String sha256) {
    return items.get(Partition.of(onboarding), infoKey(sha256), FileInfo.class);
  }

  /** All files of an onboarding. */
  public List<FileInfo> list(String onboarding) {
    return items.list(Partition.of(onboarding), prefix + "INFO#", FileInfo.class);
  }

  /** A file's content. */
  public Optional<byte[]> content(String onboarding, String sha256) {
    if (info(onboarding, sha256).isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    items
        .list(Partition.of(onboarding), prefix + "#" + sha256 + "#", Chunk.class)
        .forEach(chunk -> content.writeBytes(Base64.getDecoder().decode(chunk.base64())));
    return Optional.of(content.toByteArray());
  }

  private void putOnce(String onboarding, String sort, Object body) {
    try {
      items.write(List.of(Write.put(Partition.of(onboarding), sort, 0, Json.tree(body))));
    } catch (LostRaceException e) {
      // Addressed by content: an item that is there already is the same.
      return;
    }
  }

  private String infoKey(String sha256) {
    return prefix + "INFO#" + sha256;
  }

  private String chunkKey(String sha256, int n) {
    return String.format(Locale.ROOT, "%s#%s#%03d", prefix, sha256, n);
  }

  /** The address of a content, in hex. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
