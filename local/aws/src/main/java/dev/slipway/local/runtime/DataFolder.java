package dev.slipway.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of a durable runtime, for one runtime at a time. The lock goes with the process, so
 * that nothing is left to clean up after a crash.
 */
final class DataFolder implements AutoCloseable {
  private final Optional<Path> folder;
  private final FileChannel channel;

  private DataFolder(Optional<Path> folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Locks the folder; throws {@link IllegalStateException} if another runtime has it. */
  static DataFolder open(Optional<Path> folder) {
    if (folder.isEmpty()) {
      return new DataFolder(folder, null);
    }
    try {
      Files.createDirectories(folder.get());
      var channel =
          FileChannel.open(
              folder.get().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IllegalStateException("another process is using the data folder " + folder.get());
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** A file or folder in it; empty where nothing is kept. */
  Optional<Path> resolve(String name) {
    return folder.map(place -> place.resolve(name));
  }

  /** A folder in it, made if need be. */
  Optional<Path> folder(String name) {
    return resolve(name)
        .map(
            place -> {
              try {
                return Files.createDirectories(place);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
