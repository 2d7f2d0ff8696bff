package dev.slipway.local.asl.definition;

import java.util.List;

/**
 * A definition breaks the language. The message is in the form that creating the state machine on
 * AWS would answer: {@code Invalid State Machine Definition: 'CODE: what at /States/Name, …'}.
 */
public class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Diagnostic> diagnostics;

  public DefinitionException(List<Diagnostic> diagnostics) {
    super(
        "Invalid State Machine Definition: '"
            + String.join(", ", diagnostics.stream().map(Diagnostic::toString).toList())
            + "'");
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The errors, in the order of the definition. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
