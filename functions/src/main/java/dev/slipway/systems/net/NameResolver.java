package dev.slipway.systems.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Name look-ups, by the configured DNS server or the system's. Nothing is cached, so that a record
 * corrected a minute ago is seen.
 *
 * <pre>{@code
 * NameAnswer answer = names.lookup("example.com", RecordType.MX);    // 10 mail.example.com
 * }</pre>
 */
public final class NameResolver {

  /** For one try; questions travel by UDP, where packets get lost. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final int TRIES = 3;

  /** How late the resolver may notice that a try's time is over. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Optional<HostPort> server;
  private final Resolver resolver;

  /**
   * Looks names up at this server.
   *
   * @param server the DNS server, or empty for those of the system
   */
  public NameResolver(Optional<HostPort> server) {
    this(server, TIMEOUT);
  }

  NameResolver(Optional<HostPort> server, Duration timeout) {
    this.server = server;
    ExtendedResolver several = server.map(NameResolver::at).orElseGet(ExtendedResolver::new);
    for (Resolver each : several.getResolvers()) {
      each.setTimeout(timeout);
    }
    several.setRetries(TRIES);
    several.setTimeout(timeout.plus(TICK).multipliedBy(TRIES));
    this.resolver = several;
  }

  /** Looks one name up; never throws, a failure is an answer too. */
  public NameAnswer lookup(String name, RecordType type) {
    String plain = withoutDot(name);
    Lookup lookup;
    try {
      lookup = new Lookup(Name.fromString(plain + "."), Type.value(type.name()), DClass.IN);
    } catch (TextParseException e) {
      return new NameAnswer(
          plain, type, NameAnswer.Status.NO_SUCH_NAME, List.of(), "not a DNS name");
    }
    lookup.setResolver(resolver);
    lookup.setCache(null);
    Record[] records = lookup.run();
    return switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL ->
          new NameAnswer(plain, type, NameAnswer.Status.FOUND, texts(records), "");
      case Lookup.HOST_NOT_FOUND ->
          new NameAnswer(plain, type, NameAnswer.Status.NO_SUCH_NAME, List.of(), "");
      case Lookup.TYPE_NOT_FOUND ->
          new NameAnswer(plain, type, NameAnswer.Status.NO_RECORDS, List.of(), "");
      default ->
          new NameAnswer(plain, type, NameAnswer.Status.FAILED, List.of(), lookup.getErrorString());
    };
  }

  /** Asks the configured server, and tells aliases from what they lead to; never throws. */
  public DnsReply ask(String name, RecordType type) {
    String plain = withoutDot(name);
    try {
      return DnsMessages.reply(plain, type, resolver.send(DnsMessages.question(plain, type)));
    } catch (TextParseException e) {
      return DnsMessages.failed(plain, "not a DNS name");
    } catch (IOException e) {
      return DnsMessages.failed(plain, "the name server did not answer");
    }
  }

  /**
   * All addresses of a host, IPv4 first; empty when the name is unknown. A literal is its own
   * address. Without a configured server this asks the JVM's resolver, whose cache the HTTP client
   * shares.
   */
  public List<InetAddress> addresses(String host) {
    return host(host).addresses();
  }

  /**
   * The addresses of a host.
   *
   * @param addresses IPv4 first; none: the name is unknown, or no server answered
   * @param failure why no server answered; empty when one did
   */
  public record HostAnswer(List<InetAddress> addresses, String failure) {

    public HostAnswer {
      addresses = List.copyOf(addresses);
    }
  }

  /** The name under which the names of an address are kept (PTR). */
  public static String reverse(InetAddress address) {
    return withoutDot(ReverseMap.fromAddress(address).toString());
  }

  /** As {@link #addresses}, but tells a name that is unknown from a server that does not answer. */
  public HostAnswer host(String host) {
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent()) {
      return new HostAnswer(List.of(literal.get()), "");
    }
    if (server.isEmpty()) {
      return new HostAnswer(ofTheSystem(host), "");
    }
    List<NameAnswer> answers =
        Stream.of(RecordType.A, RecordType.AAAA).map(type -> lookup(host, type)).toList();
    return new HostAnswer(
        answers.stream()
            .flatMap(answer -> answer.values().stream())
            .map(InetAddress::ofLiteral)
            .toList(),
        answers.stream()
            .filter(answer -> answer.status() == NameAnswer.Status.FAILED)
            .map(NameAnswer::detail)
            .findFirst()
            .orElse(""));
  }

  /** As {@link #addresses}, always by the JVM's resolver and its cache. */
  List<InetAddress> ofTheSystem(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host))
          .sorted((a, b) -> a.getAddress().length - b.getAddress().length)
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ExtendedResolver at(HostPort server) {
    try {
      return new ExtendedResolver(
          List.of(
              new SimpleResolver(
                  new InetSocketAddress(InetAddress.getByName(server.host()), server.port()))));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("the configured DNS server is unknown: " + server, e);
    }
  }

  static List<String> texts(Record[] records) {
    List<String> texts = new ArrayList<>();
    for (Record record : records) {
      switch (record) {
        case ARecord a -> texts.add(a.getAddress().getHostAddress());
        case AAAARecord aaaa -> texts.add(aaaa.getAddress().getHostAddress());
        case NSRecord ns -> texts.add(plain(ns.getTarget()));
        case PTRRecord ptr -> texts.add(plain(ptr.getTarget()));
        case CNAMERecord cname -> texts.add(plain(cname.getTarget()));
        case MXRecord mx -> texts.add(mx.getPriority() + " " + plain(mx.getTarget()));
        case TXTRecord txt -> texts.add(joined(txt));
        case CAARecord caa -> texts.add(caa.getTag() + " \"" + caa.getValue() + "\"");
        default -> texts.add(record.rdataToString());
      }
    }
    // Servers rotate their records; an evidence should not change with them.
    Collections.sort(texts);
    return texts;
  }

  /** A TXT record is cut into strings of 255 bytes, which belong together without a space. */
  private static String joined(TXTRecord txt) {
    StringBuilder text = new StringBuilder();
    for (byte[] part : txt.getStringsAsByteArrays()) {
      text.append(new String(part, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  static String plain(Name name) {
    return name.equals(Name.root) ? "." : withoutDot(name.toString()).toLowerCase(Locale.ROOT);
  }

  static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
