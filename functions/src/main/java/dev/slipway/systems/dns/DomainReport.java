package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import java.util.List;

/**
 * The findings about a domain in DNS.
 *
 * @param domain the domain looked at
 * @param findings in the order they were looked up
 */
public record DomainReport(String domain, List<DomainFinding> findings) {

  public DomainReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is missing or wrong; warnings and unknowns do not count. */
  public boolean good() {
    return problems().isEmpty();
  }

  /** The findings that are missing or wrong. */
  public List<DomainFinding> problems() {
    return findings.stream()
        .filter(f -> f.verdict() == Verdict.MISSING || f.verdict() == Verdict.WRONG)
        .toList();
  }

  /** The finding of one check. */
  public DomainFinding of(String check) {
    return findings.stream().filter(f -> f.check().equals(check)).findFirst().orElseThrow();
  }
}
