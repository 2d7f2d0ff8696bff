package dev.slipway.systems.platform;

/**
 * Whether a token may call a method.
 *
 * @param method the method
 * @param verdict what was found
 * @param answer what the platform said, or why it was not asked
 */
public record MethodPermission(PlatformMethod method, Verdict verdict, String answer) {

  /** The three possible findings. */
  public enum Verdict {
    /** It was called and it answered. */
    PERMITTED,
    /** Error 8202, or the platform has no such method: a person has to do the step. */
    REFUSED,
    /** It was not refused, which does not prove that it would work; or it could not be asked. */
    UNKNOWN
  }
}
