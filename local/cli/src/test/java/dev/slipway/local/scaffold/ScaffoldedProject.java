package dev.slipway.local.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Task;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.checklist.source.CompileChecklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lint.ProjectCopy;
import dev.slipway.local.lint.TaskNames;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.schedule.LocalTime;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.tools.ToolProvider;

/**
 * A checklist of the tests beside those of the project, in a copy of it: all that follows from its
 * rows is written by scaffold, and compiled into an artifact of its own.
 */
public final class ScaffoldedProject {
  private static final String CHECKLISTS = "functions/src/main/resources/checklists/";

  private final ProjectCopy copy;
  private final Checklist checklist;
  private final List<String> sources = new ArrayList<>();
  private Optional<ClassLoader> artifact = Optional.empty();

  private ScaffoldedProject(ProjectCopy copy, Checklist checklist) {
    this.copy = copy;
    this.checklist = checklist;
  }

  /**
   * Puts a checklist into a copy of the project and scaffolds it.
   *
   * @param folder where the copy goes
   * @param source its files
   */
  public static ScaffoldedProject into(Path folder, ChecklistSource source) throws IOException {
    ProjectCopy copy = ProjectCopy.into(folder);
    Checklist checklist = Checklists.of(source.tree());
    for (Map.Entry<String, String> file : source.files().entrySet()) {
      copy.write(
          CHECKLISTS + checklist.name() + "/" + checklist.version() + "/" + file.getKey(),
          file.getValue());
    }
    String index = CHECKLISTS + "index.yaml";
    copy.write(
        index,
        "%s%s:\n  newest: %s\n".formatted(copy.read(index), checklist.name(), checklist.version()));
    for (Checklist.Section section : checklist.sections()) {
      Scaffold.of(folder, checklist.name(), section.id()).write();
    }
    checklist
        .tasks()
        .forEach(task -> copy.addHandler(TaskNames.of(checklist.name(), task.id()).handler()));
    return new ScaffoldedProject(copy, checklist);
  }

  /** The copy. */
  public ProjectCopy copy() {
    return copy;
  }

  /**
   * Puts another class into the artifact; one that the project has is replaced.
   *
   * @param name with its package
   */
  public ScaffoldedProject withClass(String name, String text) throws IOException {
    String source = "functions/src/main/java/%s.java".formatted(name.replace('.', '/'));
    copy.write(source, text);
    sources.add(copy.root().resolve(source).toString());
    return this;
  }

  /**
   * How to run it. The artifact is made once, however often it is run.
   *
   * @param methods the Java of a task's handler: {@code perform} and {@code verify}
   */
  public RuntimeOptions options(LocalTime time, Function<Task, String> methods) throws IOException {
    if (artifact.isEmpty()) {
      artifact = Optional.of(artifact(methods));
    }
    return RuntimeOptions.of(copy.root(), "slipway")
        .withTime(time)
        .withParameters(Map.of("JwtIssuer", "https://issuer.test"))
        .withFunctions(new HandlerConstructors(artifact.orElseThrow()));
  }

  /** What the build makes of the copy: its checklists as JSON, and the new handlers, written. */
  private ClassLoader artifact(Function<Task, String> methods) throws IOException {
    Path classes = Files.createDirectories(copy.root().resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(sources);
    for (Task task : checklist.tasks().toList()) {
      String source =
          "functions/src/main/java/%s.java"
              .formatted(TaskNames.of(checklist.name(), task.id()).handler().replace('.', '/'));
      String skeleton = copy.read(source);
      copy.write(
          source,
          skeleton.substring(0, skeleton.indexOf("  @Override")) + methods.apply(task) + "}\n");
      arguments.add(copy.root().resolve(source).toString());
    }
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, errors);
    CompileChecklists.main(
        new String[] {
          copy.root().resolve(CHECKLISTS).toString(), classes.resolve("checklists").toString()
        });
    URL functions = FunctionContext.class.getProtectionDomain().getCodeSource().getLocation();
    return new Artifact(List.of(classes.toUri().toURL(), functions));
  }

  /** The functions' classes once more, which find the checklists of the copy. */
  private static final class Artifact extends URLClassLoader {
    Artifact(List<URL> urls) {
      super(urls.toArray(URL[]::new), ScaffoldedProject.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.slipway.") || name.startsWith("dev.slipway.local.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }
  }
}
