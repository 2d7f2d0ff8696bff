package dev.slipway.systems.platform;

import java.util.List;
import java.util.Optional;

/**
 * The second factor of the platform's administrators, as it reports it.
 *
 * @param mandatory whether it is mandatory; empty when the answer does not say
 * @param trusted the logins that need none, as far as the answer names any
 * @param answer the answer for the record
 */
public record SecondFactor(Optional<Boolean> mandatory, List<String> trusted, String answer) {

  public SecondFactor {
    trusted = List.copyOf(trusted);
  }

  /** Whether a login needs no second factor. */
  public boolean trusts(String login) {
    return trusted.stream().anyMatch(login::equalsIgnoreCase);
  }
}
