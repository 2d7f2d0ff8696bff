package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal gets whole words, text below text, and colours; a pipe gets lines as they are. */
class TerminalTextTest {
  private static final String ROW =
      "V03  WAITING        Assign a Docker account: for the customer, step assign-account: Assign"
          + " the Docker Hub account to the platform.";

  private static List<String> lines(int columns, String text) {
    return new TerminalText(columns, false).lines(text);
  }

  @Test
  void breaksBetweenWordsAndGoesOnBelowTheText() {
    assertEquals(
        List.of(
            "V03  WAITING        Assign a Docker account: for the customer,",
            "                    step assign-account: Assign the Docker Hub",
            "                    account to the platform."),
        lines(64, ROW));
    assertEquals(
        List.of("Finished: every row is final, and nobody", "  is waited for."),
        lines(40, "Finished: every row is final, and nobody is waited for."));
    assertEquals(
        List.of("     the customer: The tariffs are there", "       (only if the machine may not)"),
        lines(40, "     the customer: The tariffs are there (only if the machine may not)"));
  }

  @Test
  void keepsWhatIsToBeCopiedOnOneLine() {
    String command =
        "  answer    "
            + OpenWorkText.COMMAND
            + " answer hoster-example-gmbh-7sqrdz31 a.b c --data d";
    assertEquals(List.of(command), lines(40, command));
    String path = "Written to /a/very/long/path/without-a-blank/that-no-terminal/shows-in-one-line";
    assertEquals(
        List.of(
            "Written to", "  /a/very/long/path/without-a-blank/that-no-terminal/shows-in-one-line"),
        lines(40, path));
  }

  @Test
  void isLeftAloneInAPipe() {
    assertEquals(List.of(ROW), TerminalText.PLAIN.lines(ROW));
    assertEquals(List.of(""), lines(80, ""));
  }

  @Test
  void coloursTheOutcomeAndNothingElse() {
    TerminalText coloured = new TerminalText(80, true);
    assertEquals(
        List.of("V01  \u001b[32mDONE\u001b[39m           Send"),
        coloured.lines("V01  DONE           Send"));
    assertEquals(List.of("The customer has DONE it."), coloured.lines("The customer has DONE it."));
  }

  @Test
  void letsNobodySteerTheTerminal() {
    assertEquals(List.of("He says: \uFFFD[2Jgone"), lines(80, "He says: \u001b[2Jgone"));
  }
}
