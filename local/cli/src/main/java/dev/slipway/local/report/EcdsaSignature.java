package dev.slipway.local.report;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The form of an ECDSA signature over P-256 (RFC 3279): in DER, a sequence of two positive integers
 * and nothing behind it.
 */
final class EcdsaSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final byte[] der;
  private int at;

  private EcdsaSignature(byte[] der) {
    this.der = der;
  }

  /** Whether the bytes have that form; whether they sign anything is another question. */
  static boolean hasForm(byte[] der) {
    return new EcdsaSignature(der).isWhole();
  }

  private boolean isWhole() {
    // Two integers of 33 bytes at most: the long form of lengths never occurs.
    return next() == SEQUENCE
        && next() == der.length - 2
        && isPositiveInteger()
        && isPositiveInteger()
        && at == der.length;
  }

  private boolean isPositiveInteger() {
    if (next() != INTEGER) {
      return false;
    }
    int length = next();
    if (length < 1 || length > 33 || at + length > der.length) {
      return false;
    }
    byte[] value = Arrays.copyOfRange(der, at, at + length);
    at += length;
    BigInteger number = new BigInteger(value);
    return number.signum() > 0 && Arrays.equals(number.toByteArray(), value);
  }

  /** The next byte; -1 at the end. */
  private int next() {
    return at < der.length ? der[at++] & 0xff : -1;
  }
}
