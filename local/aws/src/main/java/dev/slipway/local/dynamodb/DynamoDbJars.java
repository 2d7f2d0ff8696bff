package dev.slipway.local.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the jars that the module {@code dynamodb} gathered, and loads them. DynamoDB Local brings
 * an AWS SDK of its own, hence a class loader whose parent is the platform's.
 */
final class DynamoDbJars {
  /** Names the folder, where it is not beside this class. */
  private static final String PROPERTY = "dynamodb.local.jars";

  /**
   * One for the life of the process: classes that one DynamoDB Local has loaded, and the JVM
   * compiled, need not be loaded again.
   */
  private static ClassLoader loader;

  private DynamoDbJars() {}

  /**
   * Loads DynamoDB Local's classes.
   *
   * @throws IllegalStateException if the jars are missing
   */
  static synchronized ClassLoader loader() {
    if (loader == null) {
      loader = load(folder());
    }
    return loader;
  }

  private static ClassLoader load(Path jars) {
    // Read by sqlite4java, which is loaded in there; there is no other way to tell it.
    if (System.getProperty("sqlite4java.library.path") == null) {
      System.setProperty("sqlite4java.library.path", jars.toString());
    }
    return new URLClassLoader("dynamodb-local", urls(jars), ClassLoader.getPlatformClassLoader());
  }

  private static Path folder() {
    var given = System.getProperty(PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    for (var start : List.of(ownPlace(), Path.of("").toAbsolutePath())) {
      for (var at = start; at != null; at = at.getParent()) {
        for (var module : List.of("local/aws/dynamodb", "aws/dynamodb", "dynamodb")) {
          var folder = at.resolve(module).resolve("target").resolve("lib");
          if (Files.isDirectory(folder)) {
            return folder;
          }
        }
      }
    }
    throw new IllegalStateException(
        "DynamoDB Local's jars are missing: build the module local/aws/dynamodb, or name their folder"
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

  private static URL[] urls(Path folder) {
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
