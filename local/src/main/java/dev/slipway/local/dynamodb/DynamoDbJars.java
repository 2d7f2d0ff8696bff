package dev.slipway.local.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the jars that the module {@code local/dynamodb} gathered. */
final class DynamoDbJars {
  /** Names the folder, where it is not beside this class. */
  static final String PROPERTY = "slipway.dynamodb.jars";

  private DynamoDbJars() {}

  static Path folder() {
    var given = System.getProperty(PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    for (var start : List.of(ownPlace(), Path.of("").toAbsolutePath())) {
      for (var at = start; at != null; at = at.getParent()) {
        for (var module : List.of("local/dynamodb", "dynamodb")) {
          var folder = at.resolve(module).resolve("target").resolve("lib");
          if (Files.isDirectory(folder)) {
            return folder;
          }
        }
      }
    }
    throw new IllegalStateException(
        "DynamoDB Local's jars are missing: build the module local/dynamodb, or name their folder"
            + " by -D"
            + PROPERTY);
  }

  private static Path ownPlace() {
    try {
      return Path.of(
          DynamoDbJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static URL[] urls(Path folder) {
    try (var files = Files.list(folder)) {
      var urls = new ArrayList<URL>();
      for (var file : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        urls.add(file.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
