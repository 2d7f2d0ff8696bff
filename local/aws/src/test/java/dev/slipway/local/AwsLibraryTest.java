package dev.slipway.local;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The module can leave the project as a library. */
class AwsLibraryTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** Names of packages are the one exception. */
  private static final Pattern WORD =
      Pattern.compile("onboarding|(?<!dev[./])slipway", Pattern.CASE_INSENSITIVE);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.slipway.local.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** Names of the project's own are handed in. */
  @Test
  void hasNoWordOfTheProject() throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (WORD.matcher(lines.get(i)).find()) {
            found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    assertEquals(List.of(), found, "hand it in, as RuntimeOptions and ApiExtensions do");
  }
}
