package dev.slipway.local.data.dump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is hashed as it is written. Until {@link #complete} it has another name, so that what
 * a killed job leaves is never taken for whole.
 */
public final class HashedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final Path unfinished;
  private final OutputStream out;
  private final MessageDigest digest = digest();
  private long bytes;

  /** Begins the file anew. */
  public HashedFile(Path file) throws IOException {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + ".part");
    this.out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER);
  }

  /** Appends bytes. */
  public void write(byte[] source, int from, int length) throws IOException {
    digest.update(source, from, length);
    out.write(source, from, length);
    bytes += length;
  }

  /** How many bytes were written. */
  public long bytes() {
    return bytes;
  }

  /**
   * Gives the file its name.
   *
   * @return its SHA-256 in hex
   */
  public String complete() throws IOException {
    out.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The SHA-256 of a file, in hex. */
  public static String hash(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
