package dev.slipway.report;

/** HTML being written: all text goes through {@link #text}, which escapes it. */
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup of our own, as it stands. */
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Words of anybody. */
  public Html text(String words) {
    if (words != null) {
      ReportWords.printable(words).codePoints().forEach(this::append);
    }
    return this;
  }

  /** An element with nothing but words in it. */
  public Html element(String tag, String words) {
    return raw("<" + tag + ">").text(words).raw("</" + tag + ">");
  }

  /** The same, with a class of our own. */
  public Html element(String tag, String cssClass, String words) {
    return raw("<" + tag + " class=\"" + cssClass + "\">").text(words).raw("</" + tag + ">");
  }

  private void append(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(c);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
