package dev.slipway.ledger;

/**
 * One of the values given, as a person reads it who has to take a step.
 *
 * @param element the element's id, such as {@code mail-server}
 * @param path where in its value, a JSON pointer (RFC 6901); empty for the whole
 * @param title what it is called: {@code Mail server, Port}
 * @param value for people, never a secret
 */
public record Fact(String element, String path, String title, String value) {
  /** As a line of a text. */
  public String line() {
    return title + ": " + value;
  }
}
