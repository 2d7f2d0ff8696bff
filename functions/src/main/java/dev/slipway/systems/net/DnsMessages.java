package dev.slipway.systems.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Questions and replies of DNS as messages (RFC 1035). */
final class DnsMessages {

  private DnsMessages() {}

  /**
   * A question.
   *
   * @throws TextParseException if it is not a DNS name
   */
  static Message question(String name, RecordType type) throws TextParseException {
    return Message.newQuery(
        Record.newRecord(Name.fromString(name + "."), Type.value(type.name()), DClass.IN));
  }

  /** A reply to it. */
  static DnsReply reply(String name, RecordType type, Message message) {
    List<String> aliases = new ArrayList<>();
    List<Record> found = new ArrayList<>();
    long ttl = Long.MAX_VALUE;
    for (Record record : message.getSection(Section.ANSWER)) {
      ttl = Math.min(ttl, record.getTTL());
      if (record.getType() == Type.value(type.name())) {
        found.add(record);
      } else if (record instanceof CNAMERecord alias) {
        aliases.add(NameResolver.plain(alias.getTarget()));
      }
    }
    List<String> delegation = new ArrayList<>();
    OptionalLong negative = OptionalLong.empty();
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record instanceof NSRecord server && NameResolver.plain(server.getName()).equals(name)) {
        delegation.add(NameResolver.plain(server.getTarget()));
      } else if (record instanceof SOARecord start) {
        negative = OptionalLong.of(Math.min(start.getTTL(), start.getMinimum()));
      }
    }
    boolean any = !found.isEmpty() || !aliases.isEmpty();
    int code = message.getRcode();
    NameAnswer.Status status =
        any
            ? NameAnswer.Status.FOUND
            : switch (code) {
              case Rcode.NXDOMAIN -> NameAnswer.Status.NO_SUCH_NAME;
              case Rcode.NOERROR -> NameAnswer.Status.NO_RECORDS;
              default -> NameAnswer.Status.FAILED;
            };
    return new DnsReply(
        name,
        status,
        aliases,
        NameResolver.texts(found.toArray(Record[]::new)),
        message.getHeader().getFlag(Flags.AA),
        any ? ttl : 0,
        negative,
        delegation,
        status == NameAnswer.Status.FAILED ? Rcode.string(code) : "");
  }

  /** The reply of a server that could not be asked. */
  static DnsReply failed(String name, String why) {
    return new DnsReply(
        name,
        NameAnswer.Status.FAILED,
        List.of(),
        List.of(),
        false,
        0,
        OptionalLong.empty(),
        List.of(),
        why);
  }
}
