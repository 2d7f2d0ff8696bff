package dev.slipway.local.customer;

import dev.slipway.local.lint.Source;
import dev.slipway.local.run.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The errors of a file, each with its line and field; told together. */
public final class Mistakes {
  private final Source source;
  private final List<Mistake> mistakes = new ArrayList<>();

  /** One of them. */
  private record Mistake(int line, String message) {}

  public Mistakes(Source source) {
    this.source = source;
  }

  /**
   * The place of an element in the file, by its name: {@code tenant-look@acme} below tenant-look.
   */
  public static String element(String name) {
    return "/elements/" + name.replace('@', '/');
  }

  /**
   * Notes one.
   *
   * @param pointer the field in the file, a JSON pointer (RFC 6901)
   */
  public void add(String pointer, String message) {
    StringBuilder path = new StringBuilder();
    StringBuilder field = new StringBuilder();
    for (String part : pointer.substring(pointer.isEmpty() ? 0 : 1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      path.append('\n').append(name);
      field.append(field.isEmpty() ? "" : ".").append(name);
    }
    mistakes.add(new Mistake(source.line(path.toString()), field + ": " + message));
  }

  /**
   * Ends the command if there is any.
   *
   * @throws InputException with all of them
   */
  public void throwIfAny() {
    if (!mistakes.isEmpty()) {
      throw new InputException(
          mistakes.stream()
              .distinct()
              .sorted(Comparator.comparingInt(Mistake::line))
              .map(each -> "%s:%d: %s".formatted(source.file(), each.line(), each.message()))
              .collect(Collectors.joining("\n")));
    }
  }
}
