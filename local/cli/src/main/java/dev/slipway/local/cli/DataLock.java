package dev.slipway.local.cli;

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
 * A folder where a runtime keeps everything, in use by one process at a time. The operating system
 * gives the lock back when the process ends, however it ends.
 */
final class DataLock implements AutoCloseable {
  private static final String LOCK = "slipway.lock";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataLock(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes a folder, and makes it if need be.
   *
   * @return empty if another process has it
   */
  static Optional<DataLock> take(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new DataLock(path, channel, lock));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be used as a data folder", e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it.
    }
  }

  /** The path of its file. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
