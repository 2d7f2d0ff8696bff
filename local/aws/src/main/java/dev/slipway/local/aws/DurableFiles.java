package dev.slipway.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;

/** Writes files so that a crash leaves either the old content or the new, never a mixture. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Writes a file, or replaces its content; on disk when this returns. */
  public static void replace(Path file, byte[] content) {
    replace(file, content, new FileAttribute<?>[0]);
  }

  /** Reads the key in a file that nobody but its owner may read; makes it if it is missing. */
  public static byte[] key(Path file, int bytes) {
    return key(
        file,
        () -> {
          var key = new byte[bytes];
          new SecureRandom().nextBytes(key);
          return key;
        });
  }

  /** The same, for a key that has to be made in a way of its own. */
  public static byte[] key(Path file, Supplier<byte[]> maker) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        replace(file, maker.get(), ownerOnly(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void replace(Path file, byte[] content, FileAttribute<?>[] attributes) {
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (var channel =
          FileChannel.open(
              temporary,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              attributes)) {
        writeAll(channel, content);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all bytes at the channel's position. */
  public static void writeAll(FileChannel channel, byte[] content) throws IOException {
    var buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** A new name in a folder is only there for good once the folder itself is written. */
  public static void forceFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (java.nio.file.AccessDeniedException e) {
      // Windows does not open folders; its file system does not need it either.
      System.getLogger(DurableFiles.class.getName())
          .log(System.Logger.Level.TRACE, "folder not forced", e);
    }
  }
}
