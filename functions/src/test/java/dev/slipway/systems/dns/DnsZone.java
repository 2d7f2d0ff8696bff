package dev.slipway.systems.dns;

import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.net.HostPort;
import dev.slipway.systems.net.NameResolver;
import java.util.Arrays;
import java.util.Optional;

/** A zone in a test's own words, and the checks that look into it. */
final class DnsZone implements AutoCloseable {

  private final FakeDns dns = new FakeDns();
  private final NameResolver names =
      new NameResolver(Optional.of(new HostPort("127.0.0.1", dns.port())));

  /** Adds a record, its data as in a zone file. */
  DnsZone with(String name, String type, String data) {
    dns.with(name, type, data);
    return this;
  }

  /** Adds a text of at most 255 characters for each string. */
  DnsZone text(String name, String... strings) {
    dns.with(
        name,
        "TXT",
        String.join(
            " ",
            Arrays.stream(strings)
                .map(each -> '"' + each.replace("\"", "\\\"").replace(";", "\\;") + '"')
                .toList()));
    return this;
  }

  /** Leaves questions for this name without an answer. */
  DnsZone failing(String name) {
    dns.failing(name);
    return this;
  }

  NameResolver names() {
    return names;
  }

  @Override
  public void close() {
    dns.close();
  }
}
