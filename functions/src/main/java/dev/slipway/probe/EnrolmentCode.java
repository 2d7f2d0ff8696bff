package dev.slipway.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A one-time code with which a probe runner is enrolled: {@code onboarding.runner.secret}. Only the
 * secret's hash is kept; without the secret the rest is worth nothing.
 *
 * @param onboarding the only onboarding whose probes the runner gets
 * @param runner the runner's id
 * @param secret 26 characters, 130 bits of chance
 */
public record EnrolmentCode(String onboarding, String runner, String secret) {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int RUNNER_CHARACTERS = 10;
  private static final int SECRET_CHARACTERS = 26;
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,79})\\.([0-9a-z]{10})\\.([0-9a-z]{26})");

  /** A new code. */
  public static EnrolmentCode make(String onboarding, RandomGenerator random) {
    return new EnrolmentCode(
        onboarding, text(random, RUNNER_CHARACTERS), text(random, SECRET_CHARACTERS));
  }

  /** Reads a code as a person typed it; empty if it is none. */
  public static Optional<EnrolmentCode> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(java.util.Locale.ROOT));
    return matcher.matches()
        ? Optional.of(new EnrolmentCode(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** The hash of the secret, which alone is kept. */
  public static String hash(String secret) {
    return RunnerMessage.hash(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a secret is the one of a hash; takes as long for a wrong one. */
  public static boolean isRight(String secret, String hash) {
    return MessageDigest.isEqual(
        hash(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /** The whole code: for the engineer's eyes only. */
  public String whole() {
    return onboarding + "." + runner + "." + secret;
  }

  @Override
  public String toString() {
    return "EnrolmentCode[" + onboarding + "." + runner + ".…]";
  }

  private static String text(RandomGenerator random, int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
