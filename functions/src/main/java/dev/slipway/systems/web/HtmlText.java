package dev.slipway.systems.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of HTML with placeholders of the form <code>${NAME}</code>, as e-mail templates are
 * written. Finds what breaks mails in practice, not every fault that a validator would.
 *
 * @param source its source
 */
public record HtmlText(String source) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}\\s]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");
  private static final Pattern TAG =
      Pattern.compile(
          "<!--.*?-->|<!\\[.*?]>|<!doctype[^>]*>"
              + "|<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\"[^\"]*+\"|'[^']*+'|[^'\">]++)*+)>|<(?=[A-Za-z/!])",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSAFE =
      Pattern.compile(
          "\\s(on[a-z]+)\\s*+=|(?:href|src)\\s*+=\\s*+[\"']?+\\s*+(javascript:)",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
          "track", "wbr");

  /** Elements that HTML lets anybody leave open. */
  private static final Set<String> CLOSED_BY_ITSELF =
      Set.of("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option");

  private static final Set<String> NOT_IN_MAILS =
      Set.of("script", "iframe", "object", "embed", "form", "applet");

  private record Open(String name, int line) {}

  /** The placeholders' names. */
  public Set<String> placeholders() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(source);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The first thing that is wrong, with its line; empty when nothing is. */
  public Optional<String> problem() {
    if (source.isBlank()) {
      return Optional.of("it is empty.");
    }
    return placeholderProblem().or(this::tagProblem);
  }

  private Optional<String> placeholderProblem() {
    for (int at = source.indexOf("${"); at >= 0; at = source.indexOf("${", at + 1)) {
      Matcher whole = PLACEHOLDER.matcher(source).region(at, source.length());
      if (!whole.lookingAt() || !NAME.matcher(whole.group(1)).matches()) {
        return Optional.of(
            "line " + new Lines(source).of(at) + ": a placeholder is not of the form ${NAME}.");
      }
    }
    return Optional.empty();
  }

  private Optional<String> tagProblem() {
    Deque<Open> open = new ArrayDeque<>();
    Lines lines = new Lines(source);
    Matcher tag = TAG.matcher(source);
    while (tag.find()) {
      if (tag.group().equals("<")) {
        return Optional.of("line " + lines.of(tag.start()) + ": a tag is not closed by >.");
      }
      if (tag.group(2) == null) {
        continue;
      }
      Optional<String> problem = problem(tag, lines.of(tag.start()), open);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return open.stream()
        .filter(each -> !CLOSED_BY_ITSELF.contains(each.name()))
        .findFirst()
        .map(each -> "line " + each.line() + ": <" + each.name() + "> is never closed.");
  }

  private Optional<String> problem(Matcher tag, int line, Deque<Open> open) {
    String name = tag.group(2).toLowerCase(Locale.ROOT);
    if (NOT_IN_MAILS.contains(name)) {
      return Optional.of("line " + line + ": mail programs do not accept <" + name + ">.");
    }
    Matcher unsafe = UNSAFE.matcher(tag.group(3));
    if (unsafe.find()) {
      return Optional.of("line " + line + ": mail programs do not run scripts in attributes.");
    }
    if (tag.group(1).isEmpty()) {
      if (!VOID.contains(name) && !tag.group(3).endsWith("/")) {
        open.push(new Open(name, line));
      }
      return Optional.empty();
    }
    while (!open.isEmpty()
        && !open.peek().name().equals(name)
        && CLOSED_BY_ITSELF.contains(open.peek().name())) {
      open.pop();
    }
    if (open.isEmpty() || !open.peek().name().equals(name)) {
      // A paragraph may have been closed by what came within it.
      return CLOSED_BY_ITSELF.contains(name)
          ? Optional.empty()
          : Optional.of(
              "line "
                  + line
                  + ": </"
                  + name
                  + "> closes nothing"
                  + (open.isEmpty()
                      ? "."
                      : "; <"
                          + open.peek().name()
                          + "> of line "
                          + open.peek().line()
                          + " is open."));
    }
    open.pop();
    return Optional.empty();
  }

  /** Counts lines up to places that are asked for in their order, reading each character once. */
  private static final class Lines {
    private final String source;
    private int at;
    private int line = 1;

    Lines(String source) {
      this.source = source;
    }

    int of(int place) {
      for (; at < place; at++) {
        line += source.charAt(at) == '\n' ? 1 : 0;
      }
      return line;
    }
  }
}
