package dev.slipway.ledger;

/** Keys that several parts of the ledger share: {@code PK = ONB#<onboarding>}, and sort keys. */
final class Partition {
  /** The sort key of the onboarding itself. */
  static final String META = "META";

  /** The sort key of the people behind an onboarding's aliases. */
  static final String PEOPLE = "PEOPLE";

  /** How the sort keys of the outbox's orders begin. */
  static final String OUTBOX = "OUTBOX#";

  /** The sort key of the schedule of looks after go-live. */
  static final String LOOKS = "LOOKS";

  /** How the sort keys of what they found begin. */
  static final String LOOKED = "LOOKED#";

  private static final String ONBOARDING = "ONB#";

  private Partition() {}

  /** The partition of an onboarding. */
  static String of(String onboarding) {
    return ONBOARDING + onboarding;
  }

  /** The onboarding of a partition: the inverse of {@link #of}. */
  static String onboarding(String partition) {
    return partition.substring(ONBOARDING.length());
  }

  /** Whether a partition is an onboarding's. */
  static boolean isOnboarding(String partition) {
    return partition.startsWith(ONBOARDING);
  }
}
