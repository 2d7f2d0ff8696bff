package dev.slipway.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file with secrets in it, which its owner alone may read. */
record OwnersFile(Path path) {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  /**
   * Its text.
   *
   * @throws InputFailure if others may read it, or if it cannot be read
   */
  String text(String option) {
    try {
      if (isPosix() && !OWNERS.containsAll(withoutExecution())) {
        throw new InputFailure(
            "%s: others may read %s: first chmod 600 %s"
                .formatted(option, path, ShellWord.of(path.toString())));
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw new InputFailure("%s: %s cannot be read".formatted(option, path));
    }
  }

  private Set<PosixFilePermission> withoutExecution() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    permissions.remove(PosixFilePermission.OWNER_EXECUTE);
    return permissions;
  }

  /** Writes it; a reader sees the old text or the new one. */
  void write(String text) {
    Path target = path.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      // Of a new temporary file, only the owner may do anything with it.
      Path beside = Files.createTempFile(target.getParent(), target.getFileName().toString(), "~");
      Files.writeString(beside, text);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(path + " cannot be written");
    }
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
