package dev.slipway.local.asl.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One case of our own for each behaviour, compared as recordings are. */
class OwnCasesTest {
  private static final Path CASES = Path.of("src/test/resources/asl/cases");

  @TestFactory
  Stream<DynamicTest> casesPass() throws IOException {
    return each(OwnCasesTest::assertPasses);
  }

  @TestFactory
  Stream<DynamicTest> casesPassWhenCutAndRestoredAnywhere() throws IOException {
    return each(OwnCasesTest::assertPassesWhenCut);
  }

  private static Stream<DynamicTest> each(Check check) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(CASES)) {
      files = walk.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertFalse(files.isEmpty());
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    CASES.relativize(file).toString(), () -> check.accept(file)));
  }

  private interface Check {
    void accept(Path file) throws Exception;
  }

  private static void assertPasses(Path file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exitCode = Replay.run(List.of(file), printed, printed);
    assertEquals(0, exitCode, out.toString(StandardCharsets.UTF_8));
  }

  private static void assertPassesWhenCut(Path file) throws Exception {
    CaseFile recorded = CaseFile.read(file);
    for (int records = 1; ; records++) {
      CutStage stage = new CutStage(records);
      Verdict verdict = new CaseRun(recorded, stage).run();
      assertEquals(new Verdict.Passed(), verdict, "cut after record " + records);
      if (!stage.cut()) {
        return;
      }
    }
  }
}
