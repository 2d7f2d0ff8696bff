package dev.slipway.local.cli;

import dev.slipway.local.run.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables with which a shell uses a Slipway on this machine, as a file to be sourced.
 * Readable by its owner only: tokens and keys in it are good until the process ends.
 */
final class ShellExports {
  private final Map<String, String> variables = new LinkedHashMap<>();

  /**
   * @param onboarding the one that was just given; empty: none
   */
  ShellExports(LocalSlipway slipway, Optional<String> onboarding) {
    var runtime = slipway.runtime();
    var key = runtime.operatorKey();
    variables.put("SLIPWAY_API", runtime.apiUri().toString());
    variables.put("SLIPWAY_TOKEN", slipway.token(Role.MANAGER, "", false));
    onboarding.ifPresent(id -> variables.put("SLIPWAY_ONBOARDING", id));
    variables.put("AWS_ENDPOINT_URL", runtime.awsUri().toString());
    variables.put("AWS_ACCESS_KEY_ID", key.id());
    variables.put("AWS_SECRET_ACCESS_KEY", key.secret());
    // Version 1 of the AWS CLI knows the first name only, version 2 and the SDKs either.
    variables.put("AWS_DEFAULT_REGION", runtime.template().stack().region());
    variables.put("AWS_REGION", runtime.template().stack().region());
    // `sam local` hands on what the shell has and the template declares.
    variables.put(
        "SLIPWAY_TRUSTED_CERTIFICATES", slipway.endpoints().certificateAuthority().strip());
  }

  /** The file, while it is there. */
  record Written(Optional<Path> file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    }
  }

  /** Writes the file, if one is wished; closing takes it away. */
  Written writeTo(Path file) {
    if (file == null) {
      return new Written(Optional.empty());
    }
    var text = new StringBuilder();
    variables.forEach(
        (name, value) ->
            text.append("export ").append(name).append("='").append(value).append("'\n"));
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.deleteIfExists(file);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
    return new Written(Optional.of(file));
  }
}
