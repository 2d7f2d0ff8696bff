package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A person's identity, as the identity provider vouches for it; never a name, which people write
 * themselves.
 *
 * @param subject unique to the person; null if it is not known
 * @param mail an address that was verified to be the person's, in lower case; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identity(String subject, String mail) {
  public Identity {
    mail = mail == null ? null : mail.strip().toLowerCase(Locale.ROOT);
  }

  /** The person who reads the mails to an address. */
  public static Identity ofMail(String mail) {
    return new Identity(null, mail);
  }

  /** Whether both are certainly one person: two accounts with one mailbox are. */
  public boolean isSameAs(Identity other) {
    return other != null
        && ((subject != null && subject.equals(other.subject))
            || (mail != null && mail.equals(other.mail)));
  }

  /**
   * Whether an element names this person.
   *
   * @param named such as {@code {"name", "channel"}}: the channel is the person's mail address or
   *     subject
   */
  public boolean isNamedBy(JsonNode named) {
    String channel = named.path("channel").asText("").strip();
    return !channel.isEmpty()
        && (channel.equals(subject) || channel.toLowerCase(Locale.ROOT).equals(mail));
  }
}
