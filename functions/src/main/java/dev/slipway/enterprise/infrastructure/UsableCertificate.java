package dev.slipway.enterprise.infrastructure;

import java.util.Locale;
import java.util.Set;

/**
 * A certificate that is there and may serve.
 *
 * @param name the customer's name for it
 * @param names the host names and wildcards that it is for
 * @param fingerprint the SHA-256 of the certificate, in hex
 */
record UsableCertificate(String name, Set<String> names, String fingerprint) {
  UsableCertificate {
    names = Set.copyOf(names);
  }

  /** Whether it is for a host; a wildcard stands for one label, and for itself. */
  boolean isFor(String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return names.contains(wanted)
        || (!wanted.startsWith("*.") && dot > 0 && names.contains("*" + wanted.substring(dot)));
  }
}
