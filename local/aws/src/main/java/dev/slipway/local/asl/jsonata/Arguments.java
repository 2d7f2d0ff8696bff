package dev.slipway.local.asl.jsonata;

import java.util.List;

/**
 * The arguments of a call. A function that is applied in part is called without a look at its
 * signature, so that each may be of any type.
 */
public record Arguments(List<Object> all) {
  private static final int LONGEST_PICTURE = 1000;

  /** Null if it is undefined, or was not given. */
  public Object at(int index) {
    return index < all.size() ? all.get(index) : null;
  }

  /** A text, or null if it is undefined. */
  public String text(int index) {
    return of(String.class, index);
  }

  /** The picture of a number or a date, which has to be given. */
  String picture(int index) {
    if (at(index) == null) {
      throw mismatch(index);
    }
    if (text(index).length() > LONGEST_PICTURE) {
      throw new JsonataException(
          null, "The picture is longer than " + LONGEST_PICTURE + " characters");
    }
    return text(index);
  }

  /** A number, or null if it is undefined. */
  public Double number(int index) {
    return of(Double.class, index);
  }

  /** An array, or null if it is undefined. */
  public List<?> list(int index) {
    return of(List.class, index);
  }

  /** A function, or null if it is undefined. */
  Callable function(int index) {
    return of(Callable.class, index);
  }

  private <T> T of(Class<T> type, int index) {
    Object value = at(index);
    if (value != null && !type.isInstance(value)) {
      throw mismatch(index);
    }
    return type.cast(value);
  }

  private static JsonataException mismatch(int index) {
    return new JsonataException(
        "T0410", "Argument " + (index + 1) + " does not match function signature");
  }
}
