package dev.slipway.api;

import dev.slipway.systems.smtp.SmtpMessage;

/** A person whom a request names by the fields {@code name} and {@code email}. */
record Addressee(String name, String email) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ADDRESS = 254;

  /** Reads the two; what is wrong with their form the fields tell when they are complete. */
  static Addressee of(Fields fields) {
    return new Addressee(
        fields.text("name", LONGEST_NAME).replaceAll("\\s+", " "),
        fields.text("email", LONGEST_ADDRESS));
  }

  /**
   * Requires that mails can be sent there.
   *
   * @param field where the address stands in the body
   * @throws Refusal 422 otherwise
   */
  void requireAddress(String field) {
    if (!SmtpMessage.isAddress(email)) {
      throw Refusal.of(422, "body.invalid", "`" + field + "` must be a mail address.").at(field);
    }
  }
}
