package dev.slipway.enterprise;

import java.util.List;

/** The environments of the checklist, in the order in which they are gone through. */
public final class Environments {
  /** UAT, and Production. */
  public static final List<String> ALL = List.of("uat", "production");

  private Environments() {}
}
