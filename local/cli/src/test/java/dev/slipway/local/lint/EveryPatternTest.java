package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.pattern.EcmaPattern;
import dev.slipway.pattern.TooManySteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every pattern of the tree meets 100 KB of what nearly matches it, on a small stack: none
 * overflows it, none looks at a character more than a few hundred times.
 */
final class EveryPatternTest {
  private static final int LONG = 100_000;
  private static final int STACK = 512 * 1024;
  private static final int MOST_LOOKS = 300 * LONG;

  /** A call that takes a pattern, up to its first argument. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?:Pattern\\.compile|\\.(?:matches|replaceAll|replaceFirst|split))\\(\\s*\"");

  /** Marks a pattern that is held to whole texts only: its file looks for no part. */
  private static final char WHOLE = 'm';

  /**
   * HtmlText ends its search at the first tag that is not closed, which is all that is slow here.
   */
  private static final String ENDS_AT_FIRST = "<!--.*?-->|<!\\[";

  /** What a matcher's own replaceAll takes is no pattern. */
  private static final Set<String> REPLACEMENTS = Set.of("*", "");

  @Test
  void everyPatternOfTheCodeEndsSoon() throws Exception {
    Set<String> patterns = new TreeSet<>();
    for (Path file : code()) {
      patterns.addAll(literals(Files.readString(file)));
    }
    assertTrue(patterns.size() > 100, () -> patterns.size() + " patterns found");
    assertEquals(List.of(), onASmallStack(patterns, EveryPatternTest::java));
  }

  @Test
  void everyPatternOfASchemaEndsSoon() throws Exception {
    Set<String> patterns = new TreeSet<>();
    for (Path file : files(ProjectRoot.find().resolve("functions/src/main/resources"))) {
      if (file.toString().endsWith(".yaml")) {
        patterns.addAll(quoted(Files.readString(file)));
      }
    }
    assertTrue(patterns.size() > 30, () -> patterns.size() + " patterns found");
    assertEquals(List.of(), onASmallStack(patterns, EveryPatternTest::ecma));
  }

  /** Of every module. */
  private static List<Path> code() throws IOException {
    List<Path> found =
        new ArrayList<>(files(ProjectRoot.find().resolve("functions/src/main/java")));
    try (Stream<Path> modules = Files.list(ProjectRoot.find().resolve("local"))) {
      for (Path module : modules.map(folder -> folder.resolve("src/main/java")).toList()) {
        found.addAll(Files.isDirectory(module) ? files(module) : List.of());
      }
    }
    return found;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  /** The first arguments that are literals, joined where they are written in pieces. */
  private static Set<String> literals(String source) {
    Set<String> found = new LinkedHashSet<>();
    Matcher call = CALL.matcher(source);
    while (call.find()) {
      StringBuilder text = new StringBuilder();
      int at = call.end() - 1;
      while (at < source.length() && source.charAt(at) == '"') {
        int end = at + 1;
        while (source.charAt(end) != '"') {
          end += source.charAt(end) == '\\' ? 2 : 1;
        }
        text.append(source.substring(at + 1, end).translateEscapes());
        at = after(source, end + 1);
      }
      // One that is put together at run time is of quoted or listed parts.
      if (at == source.length() && !REPLACEMENTS.contains(text.toString())) {
        boolean whole = call.group().contains(".matches(") || !source.contains(".find(");
        found.add((whole && !call.group().contains(".repl") ? WHOLE : 'f') + text.toString());
      }
    }
    return found;
  }

  /** Where the next piece begins, if one follows. */
  private static int after(String source, int from) {
    int at = from;
    while (Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    if (source.charAt(at) != '+') {
      return source.length();
    }
    at++;
    while (Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A schema's patterns stand in single quotes, so that nothing in them is YAML's. */
  private static List<String> quoted(String yaml) {
    return Pattern.compile("\\bpattern: (?:&\\w+ )?'((?:[^'\\n]|'')*+)'")
        .matcher(yaml)
        .results()
        .map(found -> found.group(1).replace("''", "'"))
        .toList();
  }

  /** What a pattern's own literals make if they are repeated, and a beginning that goes on. */
  private static Set<String> nearMatches(String pattern) {
    Set<String> units = new LinkedHashSet<>(List.of("a", "a.", "A", "0", " ", "\n"));
    String plain =
        pattern.replaceAll(
            "\\\\[a-zA-Z]|\\[[^\\]]*\\]|\\(\\?\\W|\\{[0-9,]*\\}|[\\\\^$*+?()|]", "\u0000");
    for (String piece : plain.split("\u0000+", -1)) {
      if (!piece.isEmpty() && units.size() < 18) {
        units.add(piece);
        units.add("a" + piece);
      }
    }
    Set<String> texts = new LinkedHashSet<>();
    String head = plain.replace("\u0000", "a");
    for (String unit : units) {
      String many = unit.repeat(LONG / unit.length());
      texts.add(many + "\u0001");
      texts.add(head + many + "\u0001");
    }
    return texts;
  }

  /** How holding a text to a pattern ends. */
  private enum Ending {
    MATCHED,
    DIFFERED,
    OVERFLOWED_THE_STACK,
    TOOK_TOO_LONG
  }

  private interface Trial {
    boolean matches(String pattern, String text);
  }

  private static List<String> onASmallStack(Set<String> patterns, Trial trial)
      throws InterruptedException {
    List<String> troubles = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> patterns.forEach(pattern -> troubles.addAll(troubles(trial, pattern))),
            "small stack",
            STACK);
    thread.setUncaughtExceptionHandler((failed, e) -> troubles.add(e.toString()));
    thread.start();
    thread.join();
    return troubles;
  }

  private static List<String> troubles(Trial trial, String pattern) {
    for (String text : nearMatches(pattern)) {
      Ending ending = ending(trial, pattern, text);
      if (ending == Ending.OVERFLOWED_THE_STACK || ending == Ending.TOOK_TOO_LONG) {
        return List.of(pattern + " on " + text.substring(0, 20) + "…: " + ending);
      }
    }
    return List.of();
  }

  private static Ending ending(Trial trial, String pattern, String text) {
    try {
      return trial.matches(pattern, text) ? Ending.MATCHED : Ending.DIFFERED;
    } catch (StackOverflowError e) {
      return Ending.OVERFLOWED_THE_STACK;
    } catch (TooManySteps | TooManyLooks e) {
      return Ending.TOOK_TOO_LONG;
    }
  }

  private static boolean ecma(String pattern, String text) {
    return EcmaPattern.compile(pattern, "u").isIn(text);
  }

  private static boolean java(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern.substring(1)).matcher(new Counted(text));
    if (pattern.charAt(0) == WHOLE) {
      return matcher.matches();
    }
    return pattern.startsWith(ENDS_AT_FIRST, 1) ? matcher.find() : matcher.results().count() > 0;
  }

  /** A text that gives up when it was looked at too often. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
