package dev.slipway.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers that sort by time: 48 bits of milliseconds and 80 of chance, in Crockford's
 * base 32. Those that one maker makes sort in the order of making, even within a millisecond.
 */
final class Ulids {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHANCE_BITS = 80;

  private final RandomGenerator random;
  private long lastMillis = -1;
  private BigInteger lastChance = BigInteger.ZERO;

  Ulids(RandomGenerator random) {
    this.random = random;
  }

  synchronized String next(Instant time) {
    long millis = Math.max(time.toEpochMilli(), lastMillis);
    if (millis == lastMillis) {
      lastChance = lastChance.add(BigInteger.ONE);
    } else {
      byte[] chance = new byte[CHANCE_BITS / 8];
      random.nextBytes(chance);
      // One bit less, so that there is room to count up.
      lastChance = new BigInteger(1, chance).clearBit(CHANCE_BITS - 1);
    }
    lastMillis = millis;
    return encode(BigInteger.valueOf(millis).shiftLeft(CHANCE_BITS).or(lastChance));
  }

  private static String encode(BigInteger value) {
    StringBuilder text = new StringBuilder(26);
    for (int shift = 125; shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt(value.shiftRight(shift).intValue() & 31));
    }
    return text.toString();
  }
}
