package dev.slipway.ledger;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Identifiers that sort by time: 48 bits of milliseconds and 80 of chance, in Crockford's base 32.
 */
final class Ulid {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private Ulid() {}

  static String at(Instant time, RandomGenerator random) {
    StringBuilder text = new StringBuilder(26);
    long millis = time.toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
    }
    for (int i = 0; i < 16; i++) {
      text.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return text.toString();
  }
}
