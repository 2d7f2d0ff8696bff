package dev.slipway.systems.web;

import dev.slipway.systems.net.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page answers who asks for it without a login.
 *
 * @param status HTTP's
 * @param title of the page; empty if it has none
 */
public record PageHead(int status, String title) {
  private static final Pattern TITLE = Pattern.compile("(?is)<title>([^<]{0,200})");

  /** Of an answer with any status. */
  public static PageHead of(HttpAnswer answer) {
    Matcher title = TITLE.matcher(answer.text());
    return new PageHead(answer.status(), title.find() ? title.group(1).strip() : "");
  }

  @Override
  public String toString() {
    return "HTTP " + status + (title.isEmpty() ? "" : " \"" + title + "\"");
  }
}
