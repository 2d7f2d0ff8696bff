package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.Optional;

/** Checks whether a usable DKIM key is published under a selector (RFC 6376, section 3.6.2). */
final class DkimCheck {

  private final NameResolver names;

  DkimCheck(NameResolver names) {
    this.names = names;
  }

  DomainFinding check(String domain, Optional<String> selector) {
    if (selector.isEmpty()) {
      return finding(
          Verdict.UNKNOWN,
          "Without the DKIM selector its record cannot be looked up: give it, or look for"
              + " DKIM-Signature in a mail that was received.",
          "");
    }
    String name = selector.get() + "._domainkey." + domain;
    NameAnswer texts = names.lookup(name, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      return finding(Verdict.UNKNOWN, "DNS did not answer for " + name + ".", texts.detail());
    }
    String seen = String.join(" | ", texts.values());
    if (texts.values().stream().noneMatch(DkimCheck::looksLikeKey)) {
      return finding(Verdict.MISSING, "There is no DKIM key at " + name + missing(name), seen);
    }
    if (texts.values().size() > 1) {
      return finding(
          Verdict.WRONG,
          "There are "
              + texts.values().size()
              + " TXT records at "
              + name
              + ", and which of them a receiver takes is open (RFC 6376, 3.6.2.2): publish one"
              + " only.",
          seen);
    }
    DkimKey.Opinion opinion = DkimKey.of(seen);
    return finding(opinion.verdict(), "The DKIM key at " + name + " " + opinion.words(), seen);
  }

  private String missing(String name) {
    NameAnswer alias = names.lookup(name, RecordType.CNAME);
    return alias.found()
        ? ": it is an alias of " + alias.values().getFirst() + ", which has no TXT record with one."
        : ": publish the one that the mail server signs with, or correct the selector.";
  }

  private static boolean looksLikeKey(String text) {
    TagList tags = TagList.parse(text);
    return tags.value("p").isPresent()
        || tags.value("v").orElse("").equalsIgnoreCase("DKIM1")
        || text.indexOf("DKIM1") >= 0;
  }

  private static DomainFinding finding(Verdict verdict, String message, String seen) {
    return new DomainFinding("DKIM", verdict, message, seen);
  }
}
