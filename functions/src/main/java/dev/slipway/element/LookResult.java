package dev.slipway.element;

import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Party;
import java.util.List;

/** The result of a look. */
public sealed interface LookResult {

  /**
   * There was an answer.
   *
   * @param against the system and address it looked at
   * @param answer what was answered, without secrets and without personal values
   * @param findings what is wrong with the element because of it; nothing: all is well
   */
  record Seen(String against, String answer, List<ElementFinding> findings) implements LookResult {
    public Seen {
      findings = List.copyOf(findings);
    }

    /** All is well. */
    public Seen(String against, String answer) {
      this(against, answer, List.of());
    }
  }

  /**
   * A person, or a probe runner, has to answer first.
   *
   * @param party who
   * @param instructions exactly what to do
   * @param check how it will be checked
   */
  record Awaited(Party party, String instructions, String check) implements LookResult {}
}
