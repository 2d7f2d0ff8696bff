package dev.slipway.enterprise.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Party;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.LogSystem.Machine;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * M41: what the machines log arrives at the logging system. Key and installation are people's; the
 * machine looks whether each machine's collector is alive and sends what it reads.
 */
public final class ConfigureCollectors extends TaskFunction {
  static final String HOSTS = "hosts";

  /** A collector that was just installed is heard after some minutes. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final HttpPort http;

  /** For Lambda. */
  public ConfigureCollectors() {
    this(FunctionContext.lambda());
  }

  public ConfigureCollectors(FunctionContext context) {
    this(context, context.egress());
  }

  ConfigureCollectors(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (customer.isOther()) {
      customer.stated();
      return;
    }
    LogSystem logs = customer.open();
    work.step("key")
        .about(CustomerLogs.ELEMENT)
        .askedOf(Party.CUSTOMER)
        .field(CustomerLogs.ELEMENT)
        .material("Its name: slipway-" + work.at("environment"))
        .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
        .machine(() -> customer.patiently("limited", () -> key(work, logs)))
        .orPerson(() -> keyOfPerson(work, customer, logs));
    work.step("install").about(HOSTS).attested();
    work.step("alive")
        .field(HOSTS)
        .machine(
            () ->
                customer.patiently(
                    "limited", () -> heard(work, customer, logs, each -> each.silent().isEmpty())));
  }

  @Override
  protected void verify(Work work) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther() && work.isSecondLook()) {
      LogSystem logs = customer.open();
      // What logs at a deployment only is silent then.
      work.proof(HOSTS, () -> heard(work, customer, logs, each -> true));
    }
  }

  /** The machines of the environment, which the vendor names. */
  static List<String> hosts(Work work) {
    JsonNode hosts = work.element(HOSTS);
    return (hosts.isArray() ? hosts.valueStream() : Stream.of(hosts))
        .map(each -> each.path("name").asText())
        .toList();
  }

  private static Finding key(Work work, LogSystem logs) {
    String asked = "key of the collectors";
    String found =
        logs.collectorKey(work.at("environment"))
            .orElseThrow(
                () ->
                    new SystemTrouble(
                        logs.system(),
                        Kind.NOT_FOUND,
                        "There is no key for the collectors yet.",
                        asked,
                        logs.against(),
                        ""));
    return new Finding(asked, logs.against(), found);
  }

  private static Finding keyOfPerson(Work work, CustomerLogs customer, LogSystem logs) {
    try {
      return key(work, logs);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_FOUND) {
        throw trouble;
      }
      throw customer.unmet(
          "logging.no-key",
          CustomerLogs.ELEMENT,
          "The logging system lists no key of the name slipway-%s, and no open port of forwarders."
              .formatted(work.at("environment")),
          "Make the key under this name, or open the port; the vendor takes it from there.");
    }
  }

  /** Each machine's collector is alive and has sent a line within the last hour. */
  private static Finding heard(
      Work work, CustomerLogs customer, LogSystem logs, Predicate<Machine> isComplete) {
    List<Machine> machines = logs.machines(hosts(work));
    List<String> silent =
        machines.stream()
            .filter(each -> !each.isAlive() || !isComplete.test(each))
            .map(
                each ->
                    each.isAlive()
                        ? each.name() + " (" + String.join(", ", each.silent()) + ")"
                        : each.name())
            .toList();
    if (!silent.isEmpty()) {
      UnmetRequirement unmet =
          customer.unmet(
              "logging.host-silent",
              HOSTS,
              "No line of the last hour came from " + String.join(", ", silent) + ".",
              "Look at the collector's own log there; it is looked at again by itself.");
      throw unmet.lookedAtAgain(work.now().plus(PAUSE));
    }
    return new Finding(
        "collectors and their lines of the last hour",
        logs.against(),
        machines.stream()
            .map(each -> each.name() + ": " + String.join(", ", each.kinds()))
            .collect(Collectors.joining("; ")));
  }
}
