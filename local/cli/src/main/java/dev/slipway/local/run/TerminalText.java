package dev.slipway.local.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Lines as a terminal shows them: broken between words at its width, what goes on below where the
 * text begins, and outcomes in colour. A command stays on one line, to be pasted.
 *
 * <p>Words only: picocli's tables would also break inside of paths, ids and options, at each
 * hyphen.
 *
 * @param columns the terminal's width; 0: none, lines stay as they are
 * @param colour whether it has colours and wants them
 */
public record TerminalText(int columns, boolean colour) {
  private static final int NARROWEST = 40;

  /** Columns stand within this many characters from the left. */
  private static final int FURTHEST = 36;

  private static final Pattern COLUMN = Pattern.compile("\\S {2,}(?=\\S)");
  private static final Pattern OUTCOME =
      Pattern.compile(
          "^(\\s*+(?:\\S++\\s++)?)(DONE|FAILED|INVALID|WAITING|GIVEN|MISSING|PENDING|SKIPPED|WAIVED"
              + "|NOT_APPLICABLE)(?=\\s|$)");

  /** The lines of a text for a pipe or a file. */
  public static final TerminalText PLAIN = new TerminalText(0, false);

  /** The lines of a text. */
  public List<String> lines(String text) {
    if (columns == 0) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> wrap(printable(line), lines));
    return text.isEmpty() ? List.of("") : lines;
  }

  /** What people wrote must not steer the terminal. */
  private static String printable(String line) {
    return line.replace("\t", "  ").replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private void wrap(String line, List<String> lines) {
    int width = Math.max(NARROWEST, columns);
    int margin = line.length() - line.stripLeading().length();
    int indent = indent(line, margin);
    // Below the text of a column; a line without one goes on a little further in.
    int hanging = Math.min(indent == margin ? margin + 2 : indent, width / 2);
    if (line.length() <= width || line.startsWith(OpenWorkText.COMMAND + " ", indent)) {
      lines.add(coloured(line));
      return;
    }
    String start = line.substring(0, indent);
    StringBuilder part = new StringBuilder(start);
    boolean first = true;
    boolean empty = true;
    for (String word : line.substring(indent).split(" +", -1)) {
      if (!empty && part.length() + 1 + word.length() > width) {
        lines.add(first ? coloured(part.toString()) : part.toString());
        part = new StringBuilder(" ".repeat(hanging));
        first = false;
        empty = true;
      }
      part.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(first ? coloured(part.toString()) : part.toString());
  }

  /** Where the text of a line begins: behind its last column. */
  private static int indent(String line, int margin) {
    int indent = margin;
    Matcher column = COLUMN.matcher(line);
    while (column.find() && column.end() <= FURTHEST) {
      indent = column.end();
    }
    return indent;
  }

  private String coloured(String line) {
    Matcher outcome = OUTCOME.matcher(line);
    if (!colour || !outcome.find()) {
      return line;
    }
    IStyle style =
        switch (outcome.group(2)) {
          case "DONE" -> Style.fg_green;
          case "FAILED", "INVALID" -> Style.fg_red;
          case "WAITING", "GIVEN", "MISSING" -> Style.fg_yellow;
          default -> Style.faint;
        };
    return outcome.group(1)
        + style.on()
        + outcome.group(2)
        + style.off()
        + line.substring(outcome.end());
  }
}
