package dev.slipway.systems.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that do not change: the body of a call or of an answer. */
public final class Bytes {

  /** No bytes at all. */
  public static final Bytes NONE = new Bytes(new byte[0]);

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** A text in UTF-8. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The content read as UTF-8. A byte-order mark at its start is no part of the text. */
  public String text() {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The number of bytes. */
  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
