package dev.slipway.systems.mailtool;

import dev.slipway.systems.dns.DnsRecord;
import java.util.List;
import java.util.Optional;

/** Sub-accounts and sending domains of an account at a mail tool. */
public interface MailService {

  /** The id of the sub-account of this name. */
  Optional<String> subAccount(String name);

  /** Makes a sub-account, and answers its id. */
  String createSubAccount(String name);

  /** Suspends a sub-account; it is not deleted, for its history goes with it. */
  void suspend(String id);

  /** A sending domain of the account. */
  Optional<SendingDomain> domain(String name);

  /**
   * Adds a sending domain.
   *
   * @throws dev.slipway.systems.net.SystemTrouble of kind {@code WRONG_PLACE} if another account
   *     sends from it
   */
  SendingDomain addDomain(String name);

  /** Has the tool look at the domain's records now. */
  SendingDomain verify(String name);

  /** Removes a sending domain; false where only a person may. */
  boolean removeDomain(String name);

  /**
   * A domain from which the account sends.
   *
   * @param isVerified whether the tool sends, and signs, in its name
   * @param said the tool's words of its state
   * @param records those that the tool wants in DNS
   */
  record SendingDomain(String name, boolean isVerified, String said, List<DnsRecord> records) {
    public SendingDomain {
      records = List.copyOf(records);
    }
  }
}
