package dev.slipway.local.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A text with places to fill in, such as {@code @section@}. The forms of states lie beside this
 * class: {@code scaffold} writes them, and lint holds every state to how they retry and catch.
 *
 * <pre>{@code
 * Form.STATES.read("resume.json").with("section", "go-live").indented(4)
 * }</pre>
 */
public record Form(String text) {
  /** The forms beside this class. */
  public static final Folder STATES = new Folder(Form.class);

  /** The forms that lie beside a class. */
  public record Folder(Class<?> beside) {
    /** One of them, without the line break at its end. */
    public Form read(String name) {
      try (InputStream in = beside.getResourceAsStream(name)) {
        return new Form(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The same with a place filled in; a value of several lines stands as deep as its place. */
  public Form with(String place, String value) {
    String mark = "@" + place + "@";
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
      String before = text.substring(text.lastIndexOf('\n', at) + 1, at);
      int depth = before.length() - before.stripLeading().length();
      filled.append(text, from, at).append(new Form(value).indented(depth));
      from = at + mark.length();
    }
    return new Form(filled.append(text.substring(from)).toString());
  }

  /** The text, each line but the first that many blanks deeper. */
  public String indented(int blanks) {
    return text.replace("\n", "\n" + " ".repeat(blanks));
  }
}
