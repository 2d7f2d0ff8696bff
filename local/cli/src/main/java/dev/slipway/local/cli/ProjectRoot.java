package dev.slipway.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with {@code template.yaml}. */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** As the launcher says; without it, the working directory or the nearest folder above. */
  public static Path find() {
    String home = System.getProperty("slipway.home");
    if (home != null) {
      return Path.of(home);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("template.yaml"))) {
        return at;
      }
    }
    throw new CommandFailure("there is no template.yaml here or in a folder above");
  }
}
