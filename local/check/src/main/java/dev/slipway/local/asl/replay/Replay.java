package dev.slipway.local.asl.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs recorded cases through the interpreter, with a simulated clock and the recorded answers, and
 * prints one line for each: {@code PASS}, {@code FAIL}, {@code REFUSED} or {@code SKIPPED}; then
 * their numbers.
 */
public final class Replay {
  private static final int MALFORMED = 2;

  private int passed;
  private int failed;
  private int refused;
  private int skipped;

  /**
   * Runs the cases.
   *
   * @param paths files, and folders of which every {@code .json} file below is a case
   * @param out takes the lines
   * @param err takes what is wrong with the input
   * @return 0 if none failed and at least one passed; 2 if a path is missing, holds no case or a
   *     malformed one (nothing is run then); else 1
   */
  public static int run(List<Path> paths, PrintStream out, PrintStream err) {
    List<CaseFile> cases = new ArrayList<>();
    try {
      if (paths.isEmpty()) {
        err.println("nothing to replay: name files or folders");
        return MALFORMED;
      }
      for (Path path : paths) {
        List<Path> files = files(path);
        if (files.isEmpty()) {
          err.println(path + ": no case in it");
          return MALFORMED;
        }
        for (Path file : files) {
          cases.add(CaseFile.read(file));
        }
      }
    } catch (CaseFile.Malformed e) {
      err.println(e.getMessage());
      return MALFORMED;
    } catch (IOException | UncheckedIOException e) {
      err.println("cannot be read: " + e.getMessage());
      return MALFORMED;
    }
    return new Replay().runAll(cases, out);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> walk = Files.walk(path)) {
      return walk.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private int runAll(List<CaseFile> cases, PrintStream out) {
    for (CaseFile recorded : cases) {
      Verdict verdict = verdict(recorded);
      count(verdict);
      out.println(verdict.line(recorded.name()));
    }
    out.printf("%d passed, %d failed, %d refused, %d skipped%n", passed, failed, refused, skipped);
    return failed == 0 && passed > 0 ? 0 : 1;
  }

  private static Verdict verdict(CaseFile recorded) {
    try {
      return new CaseRun(recorded).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Failed("interrupted");
    } catch (RuntimeException e) {
      return new Verdict.Failed("the interpreter broke: " + e);
    }
  }

  private void count(Verdict verdict) {
    switch (verdict) {
      case Verdict.Passed p -> passed++;
      case Verdict.Failed f -> failed++;
      case Verdict.Refused r -> refused++;
      case Verdict.Skipped s -> skipped++;
    }
  }
}
