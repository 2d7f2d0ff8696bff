package dev.slipway.systems.dns;

import dev.slipway.systems.net.NameResolver;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether receivers will believe mail from a domain: SPF, DKIM and DMARC, and whether it
 * receives answers (row V01).
 *
 * <p>SPF is evaluated for the addresses of the submission server. A relay may send from others than
 * it receives on, so an address that is not covered is a warning and not a fault.
 */
public final class SenderDomainCheck {

  private final NameResolver names;

  /** Looks names up here. */
  public SenderDomainCheck(NameResolver names) {
    this.names = names;
  }

  /**
   * Checks {@code SPF}, {@code DKIM}, {@code DMARC} and {@code MX}.
   *
   * @param domain the domain after the @ of the sender
   * @param dkimSelector the selector of the signing key, if known: it cannot be found out
   * @param mailHost the server that mails are handed to, if its addresses are to be covered by SPF
   */
  public DomainReport check(
      String domain, Optional<String> dkimSelector, Optional<String> mailHost) {
    return new DomainReport(
        domain,
        List.of(
            new SpfCheck(names).check(domain, mailHost),
            new DkimCheck(names).check(domain, dkimSelector),
            new DmarcCheck(names).check(domain),
            new MxCheck(names).check(domain)));
  }
}
