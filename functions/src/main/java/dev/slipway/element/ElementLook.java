package dev.slipway.element;

/**
 * A look at what an element says, by the section's gate: over the network, with a credential,
 * through a probe runner, or by a person. It changes nothing, so it may be repeated.
 *
 * <p>A third party that cannot be asked ({@link dev.slipway.systems.net.SystemTrouble}) is no fault
 * of the value: the row is INCONCLUSIVE then, which holds nothing up and is told.
 */
public interface ElementLook {
  /** The name by which a checklist refers to it: that of the class. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Counts up when its findings change: a value that an earlier version verified is verified again.
   */
  default int version() {
    return 1;
  }

  /** Looks; takes a few seconds at most. */
  LookResult look(CheckSubject subject, LookContext place);
}
