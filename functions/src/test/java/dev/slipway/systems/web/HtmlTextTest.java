package dev.slipway.systems.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is wrong with a template is told with its line, in a time that grows as the template does.
 */
class HtmlTextTest {
  @Test
  void namesTheLine() {
    assertEquals(
        Optional.of("line 3: mail programs do not accept <script>."),
        new HtmlText("<p>\n<b>x</b>\n<script>").problem());
    assertEquals(
        Optional.of("line 2: <b> is never closed."), new HtmlText("<p>\n<b>\n\n<i></i>").problem());
    assertEquals(
        Optional.of("line 2: a tag is not closed by >."), new HtmlText("<p>\n<b").problem());
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void looksAtTheLargestTemplateAtOnce() {
    String tags = "<b>x</b>\n".repeat(110_000);
    String blanks = "<a href=" + " ".repeat(1_000_000) + ">";
    assertEquals(Optional.empty(), new HtmlText(tags).problem());
    new HtmlText(blanks).problem();
  }
}
