package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the DMARC policy that receivers apply to a domain, its own or that of the organisation's
 * domain (RFC 7489, sections 6.3 and 6.6.3). A policy that they cannot use is as good as none.
 */
final class DmarcCheck {

  private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

  private final NameResolver names;
  private final PublicSuffixes suffixes = new PublicSuffixes();

  DmarcCheck(NameResolver names) {
    this.names = names;
  }

  DomainFinding check(String domain) {
    NameAnswer own = names.lookup("_dmarc." + domain, RecordType.TXT);
    String organisation = suffixes.organisation(domain);
    boolean inherits =
        own.status() != NameAnswer.Status.FAILED
            && records(own).isEmpty()
            && !organisation.equalsIgnoreCase(domain);
    NameAnswer texts = inherits ? names.lookup("_dmarc." + organisation, RecordType.TXT) : own;
    if (texts.status() == NameAnswer.Status.FAILED) {
      return finding(
          Verdict.UNKNOWN, "DNS did not answer for " + texts.name() + ".", texts.detail());
    }
    List<String> records = records(texts);
    if (records.isEmpty()) {
      return none(domain, own.values().isEmpty() ? texts : own);
    }
    String seen = String.join(" | ", records);
    if (records.size() > 1) {
      return finding(
          Verdict.WARNING,
          domain
              + " has no DMARC policy that counts: there are "
              + records.size()
              + " records at "
              + texts.name()
              + ", and receivers then use none. Publish one.",
          seen);
    }
    return policy(
        domain, inherits ? Optional.of(organisation) : Optional.empty(), texts.name(), seen);
  }

  private static DomainFinding none(String domain, NameAnswer texts) {
    Optional<String> nearly =
        texts.values().stream()
            .filter(text -> text.toUpperCase(Locale.ROOT).contains("DMARC1"))
            .findFirst();
    return finding(
        Verdict.WARNING,
        domain
            + " has no DMARC policy; large receivers ask for one: add "
            + (nearly.isPresent()
                ? "one that begins with v=DMARC1; in these letters, for the text at "
                    + texts.name()
                    + " does not and counts for nothing."
                : "_dmarc." + domain + ", such as v=DMARC1; p=none."),
        nearly.orElse(""));
  }

  /** Section 6.6.3, steps 5 and 6. */
  private static DomainFinding policy(
      String domain, Optional<String> inheritedFrom, String name, String record) {
    TagList tags = TagList.parse(record);
    Optional<String> invalid =
        List.of("p", "sp").stream()
            .filter(
                tag ->
                    !POLICIES.contains(
                        lower(tags.value(tag).orElse(tag.equals("p") ? "" : "none"))))
            .findFirst();
    if (invalid.isPresent()) {
      return finding(
          Verdict.WARNING,
          "The DMARC record at "
              + name
              + " has no valid "
              + invalid.get()
              + "= (none, quarantine or reject), so receivers "
              + (reports(tags) ? "watch only, as with p=none." : "apply no DMARC at all.")
              + " Correct it.",
          record);
    }
    String tag = inheritedFrom.isPresent() && tags.value("sp").isPresent() ? "sp" : "p";
    String policy = lower(tags.tags().get(tag));
    String sentence =
        domain
            + inheritedFrom
                .map(above -> " inherits the DMARC policy of " + above)
                .orElse(" has a DMARC policy")
            + (policy.equals("none")
                ? ", which watches only (" + tag + "=none)"
                : ": " + policy + " (" + tag + "=)");
    String percent = tags.value("pct").orElse("100");
    boolean isPercent = percent.matches("\\d{1,3}") && Integer.parseInt(percent) <= 100;
    if (!isPercent || !tags.faults().isEmpty()) {
      return finding(
          Verdict.WARNING,
          sentence
              + ". Receivers ignore a part of the record: "
              + (isPercent ? tags.faults().getFirst() : "pct=" + percent + " is not from 0 to 100")
              + ".",
          record);
    }
    return finding(
        Verdict.GOOD,
        sentence
            + (percent.equals("100")
                ? "."
                : ", for " + percent + " of 100 mails (pct=" + percent + ")."),
        record);
  }

  private static boolean reports(TagList tags) {
    return Arrays.stream(tags.value("rua").orElse("").split(",", -1))
        .anyMatch(DmarcCheck::isAddress);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text.strip().replaceFirst("![^!]*$", ""));
      return uri.isAbsolute() && !uri.getRawSchemeSpecificPart().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The texts that are DMARC records: their first tag is the version, in these letters. */
  private static List<String> records(NameAnswer texts) {
    return texts.values().stream()
        .filter(
            text -> TagList.parse(text.split(";", -1)[0]).value("v").equals(Optional.of("DMARC1")))
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static DomainFinding finding(Verdict verdict, String message, String seen) {
    return new DomainFinding("DMARC", verdict, message, seen);
  }
}
