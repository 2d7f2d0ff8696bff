package dev.slipway.ledger;

/**
 * A finding of a check about an element's value.
 *
 * @param code the kind of finding, such as {@code certificate.expires-soon}
 * @param field a JSON pointer within the value; empty: the value itself
 * @param message what is wrong, in a sentence; quotes nobody's name or address
 * @param nextStep what to do about it, in a sentence
 */
public record ElementFinding(
    String code, String field, String message, String nextStep, Weight weight) {

  /** The weight of a finding. */
  public enum Weight {
    /** The value is refused, or the row is INVALID. */
    ERROR,
    /** It is told, and holds nothing up. */
    WARNING,
    /** Nobody could look; it is told, and holds nothing up. */
    INCONCLUSIVE
  }

  /** The value cannot stay as it is. */
  public static ElementFinding error(String code, String field, String message, String nextStep) {
    return new ElementFinding(code, field, message, nextStep, Weight.ERROR);
  }

  /** The value may stay, and people should know. */
  public static ElementFinding warning(String code, String field, String message, String nextStep) {
    return new ElementFinding(code, field, message, nextStep, Weight.WARNING);
  }

  /** Nobody could look. */
  public static ElementFinding inconclusive(String code, String message, String nextStep) {
    return new ElementFinding(code, "", message, nextStep, Weight.INCONCLUSIVE);
  }

  /** Whether the value cannot stay as it is. */
  public boolean isError() {
    return weight == Weight.ERROR;
  }
}
