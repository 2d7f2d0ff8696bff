package dev.slipway.local.lint;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.task.TaskFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The handlers of the functions' artifact, wherever on the class path it lies. */
final class ClassPathHandlers implements HandlerClasses {
  private final ClassLoader loader;

  ClassPathHandlers(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public boolean has(String className) {
    return load(className)
        .filter(RequestStreamHandler.class::isAssignableFrom)
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .filter(ClassPathHandlers::hasPublicConstructor)
        .isPresent();
  }

  private static boolean hasPublicConstructor(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }

  private Optional<Class<?>> load(String className) {
    try {
      return Optional.of(Class.forName(className, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> taskFunctions(String packagePrefix) {
    List<String> names = new ArrayList<>();
    try {
      URI artifact = TaskFunction.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(artifact);
      if (Files.isDirectory(path)) {
        collect(path, packagePrefix, names);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
          collect(jar.getPath("/"), packagePrefix, names);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the functions' classes cannot be listed", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the functions' classes cannot be found", e);
    }
    return names;
  }

  private void collect(Path root, String packagePrefix, List<String> names) throws IOException {
    Path folder = root.resolve(packagePrefix.replace('.', '/'));
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.map(path -> root.relativize(path).toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> file.replace('/', '.').replace('\\', '.'))
          .filter(name -> load(name).filter(TaskFunction.class::isAssignableFrom).isPresent())
          .forEach(names::add);
    }
  }
}
