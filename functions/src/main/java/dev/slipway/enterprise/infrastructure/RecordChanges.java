package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.dns.HostedDns.Zone;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The changes that a task makes to a customer's records. Each is noted before it is made ({@code
 * PREVIOUS records:<n>}: zone, what goes, what comes), so that it can be put back wherever the
 * process dies.
 */
final class RecordChanges {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Work work;
  private final HostedDns dns;

  RecordChanges(Work work, HostedDns dns) {
    this.work = work;
    this.dns = dns;
  }

  /**
   * Enters those records that are not there, all of a zone at once, and waits until the service's
   * servers know.
   *
   * @param mayReplace whether a record may replace others of its name, which say otherwise; throws
   *     to tell that it may not
   * @return those that were entered
   */
  List<DnsRecord> enter(
      Zone zone, List<DnsRecord> wanted, BiPredicate<DnsRecord, List<DnsRecord>> mayReplace) {
    List<DnsRecord> gone = new ArrayList<>();
    List<DnsRecord> there = new ArrayList<>();
    for (DnsRecord record : wanted) {
      List<DnsRecord> present = dns.records(zone, record.name(), record.rivals());
      boolean isThere = present.size() == 1 && present.getFirst().saysAs(record);
      if (!isThere && (present.isEmpty() || mayReplace.test(record, present))) {
        gone.addAll(present);
        there.add(record);
      }
    }
    if (!there.isEmpty()) {
      int number = next();
      work.remember(Note.Kind.PREVIOUS, "records:" + number, change(zone, gone, there));
      String change = dns.change(zone, gone, there);
      work.remember(Note.Kind.RESOURCE, "records:" + number, Json.tree(change));
    }
    awaitEffect();
    return there;
  }

  private void awaitEffect() {
    Optional<String> last =
        work.remembered(Note.Kind.RESOURCE, "records:" + (next() - 1)).map(JsonNode::asText);
    if (last.isPresent() && !dns.isInEffect(last.get())) {
      work.waitUntil(
          work.now().plus(PAUSE), dns.service() + " hands the records on to its name servers.");
    }
  }

  /** Puts back what was changed, the last change first; answers what was done. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (int number = next() - 1; number > 0; number--) {
      JsonNode change = work.remembered(Note.Kind.PREVIOUS, "records:" + number).orElseThrow();
      Zone zone =
          new Zone(
              change.path("zone").path("id").asText(),
              change.path("zone").path("name").asText(),
              Set.of());
      boolean isZoneThere =
          dns.zones(zone.name()).stream().anyMatch(each -> each.id().equals(zone.id()));
      for (DnsRecord made : isZoneThere ? records(change.path("there")) : List.<DnsRecord>of()) {
        List<DnsRecord> before =
            records(change.path("gone")).stream()
                .filter(record -> record.name().equals(made.name()))
                .filter(record -> made.rivals().contains(record.type()))
                .toList();
        List<DnsRecord> present = dns.records(zone, made.name(), made.rivals());
        if (present.size() == 1 && present.getFirst().saysAs(made)) {
          dns.change(zone, present, before);
          done.add(
              made.name()
                  + (before.isEmpty() ? " is deleted" : " says again " + before.getFirst().line()));
        }
      }
    }
    return done;
  }

  private int next() {
    int number = 1;
    while (work.remembered(Note.Kind.PREVIOUS, "records:" + number).isPresent()) {
      number++;
    }
    return number;
  }

  private static ObjectNode change(Zone zone, List<DnsRecord> gone, List<DnsRecord> there) {
    ObjectNode change = Json.MAPPER.createObjectNode();
    change.putObject("zone").put("id", zone.id()).put("name", zone.name());
    change.set("gone", Json.tree(gone));
    change.set("there", Json.tree(there));
    return change;
  }

  private static List<DnsRecord> records(JsonNode noted) {
    List<DnsRecord> records = new ArrayList<>();
    noted.forEach(each -> records.add(Json.MAPPER.convertValue(each, DnsRecord.class)));
    return records;
  }
}
