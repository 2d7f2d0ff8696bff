package dev.slipway.json;

/** JSON pointers (RFC 6901). */
public final class Pointers {
  private Pointers() {}

  /** A field's name, or an entry's number, as a part of a pointer. */
  public static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
