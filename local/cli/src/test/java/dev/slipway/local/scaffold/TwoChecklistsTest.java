package dev.slipway.local.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.source.CompileChecklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lint.ProjectCopy;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second checklist beside hosting-provider in one deployment: written by scaffold, compiled into
 * an artifact of its own, and gone through to its end.
 */
final class TwoChecklistsTest {
  private static final String CHECKLISTS = "functions/src/main/resources/checklists/";
  private static final String SECTION =
      """
      id: moving-in
      title: Moving in
      tasks:
        - id: count-desks
          row: O1
          title: Count the desks
          requirement: mandatory
          mode: automatic
          guidance: The desks are counted.
          documentation: https://docs.example/
          steps:
            - id: count
              title: The desks are counted
              mode: automatic
              instructions: The desks are counted.
              check: There is one.
      """;

  @TempDir private Path folder;

  @Test
  void bothHaveOnboardingsAndTheSecondComesToItsEnd() throws Exception {
    ProjectCopy copy = ProjectCopy.into(folder);
    String version = CHECKLISTS + "office-environment/1.0.0/";
    copy.write(
        version + "checklist.yaml",
        "name: office-environment\nversion: 1.0.0\ntitle: Office\nsections: [moving-in]\n");
    copy.write(version + "moving-in.yaml", SECTION);
    copy.write(
        CHECKLISTS + "index.yaml",
        copy.read(CHECKLISTS + "index.yaml") + "office-environment:\n  newest: 1.0.0\n");
    Scaffold.of(folder, "office-environment", "moving-in").write();
    ClassLoader artifact = artifact(copy);

    try (LocalRuntime runtime = LocalRuntime.start(options(artifact))) {
      People people = new People(runtime.apiUri(), runtime.issuer());
      String office = start(people, "office-environment");
      String hoster = start(people, "hosting-provider");

      await(people, office, "COMPLETED");
      await(people, hoster, "RUNNING");
      JsonNode tasks =
          Json.MAPPER.readTree(people.as(Role.MANAGER, office).report(office)).path("tasks");
      assertEquals("O1", tasks.at("/0/row").asText(), tasks::toString);
      assertEquals("DONE", tasks.at("/0/outcome").asText(), tasks::toString);
    }
  }

  private static String start(People people, String checklist) throws Exception {
    String id =
        people
            .as(Role.MANAGER, "")
            .create(checklist, "Example", "key-" + checklist)
            .at("/onboarding/id")
            .asText();
    String plan = people.as(Role.MANAGER, id).plan(id).path("hash").asText();
    people.as(Role.MANAGER, id).start(id, plan);
    return id;
  }

  private static void await(People people, String id, String state) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    String found = "";
    while (!found.equals(state) && Instant.now().isBefore(end)) {
      Thread.sleep(100);
      found = people.as(Role.MANAGER, id).onboarding(id).at("/onboarding/state").asText();
    }
    assertEquals(state, found);
  }

  private RuntimeOptions options(ClassLoader artifact) {
    return RuntimeOptions.of(folder, "slipway")
        .withParameters(Map.of("JwtIssuer", "https://issuer.test"))
        .withFunctions(new HandlerConstructors(artifact));
  }

  /** What the build makes of the copy: its checklists as JSON, and the new handler, written. */
  private ClassLoader artifact(ProjectCopy copy) throws Exception {
    String source = "functions/src/main/java/dev/slipway/office/movingin/CountDesks.java";
    String skeleton = copy.read(source);
    copy.write(
        source,
        skeleton.substring(0, skeleton.indexOf("  @Override"))
            + """
              @Override
              protected void perform(Work work) {}

              @Override
              protected void verify(Work work) {
                work.step("count")
                    .machine(() -> new dev.slipway.task.Finding("count", "office", "one desk"));
              }
            }
            """);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                folder.resolve(source).toString());
    assertEquals(0, errors);
    CompileChecklists.main(
        new String[] {
          folder.resolve(CHECKLISTS).toString(), classes.resolve("checklists").toString()
        });
    URL functions = FunctionContext.class.getProtectionDomain().getCodeSource().getLocation();
    return new Artifact(List.of(classes.toUri().toURL(), functions));
  }

  /** The functions' classes once more, which find the checklists of the copy. */
  private static final class Artifact extends URLClassLoader {
    Artifact(List<URL> urls) {
      super(urls.toArray(URL[]::new), TwoChecklistsTest.class.getClassLoader());
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
