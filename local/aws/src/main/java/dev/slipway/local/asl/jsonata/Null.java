package dev.slipway.local.asl.jsonata;

/** JSON's null: a value, unlike the undefined one. */
public enum Null {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
