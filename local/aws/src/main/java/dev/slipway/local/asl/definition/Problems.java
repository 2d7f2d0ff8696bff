package dev.slipway.local.asl.definition;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Faults found while a definition is read; reading goes on, so that all are told at once. */
final class Problems {
  private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
  private UnsupportedFeatureException unsupported;

  void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  void schema(String message, String location) {
    add(Diagnostic.schema(message, location));
  }

  /** Notes the first feature that is refused here, though not by AWS. */
  void unsupported(String feature, String location) {
    if (unsupported == null) {
      unsupported = new UnsupportedFeatureException(feature, location);
    }
  }

  /** Faults first: AWS would not create the machine, whatever else it uses. */
  void throwIfAny() {
    if (!diagnostics.isEmpty()) {
      throw new DefinitionException(List.copyOf(diagnostics));
    }
    if (unsupported != null) {
      throw unsupported;
    }
  }
}
