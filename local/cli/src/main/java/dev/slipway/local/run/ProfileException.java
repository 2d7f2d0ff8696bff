package dev.slipway.local.run;

import java.util.List;

/** A profile is not as it must be; each message names file, line and field. */
public final class ProfileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> messages;

  ProfileException(List<String> messages) {
    super(String.join("\n", messages));
    this.messages = List.copyOf(messages);
  }

  /** One line each. */
  public List<String> messages() {
    return messages;
  }
}
