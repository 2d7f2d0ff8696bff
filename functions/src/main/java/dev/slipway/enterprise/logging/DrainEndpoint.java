package dev.slipway.enterprise.logging;

import dev.slipway.enterprise.VendorAccount;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** An environment's endpoint for lines, with the proof that a line comes through. */
final class DrainEndpoint {
  private static final Duration SEARCHABLE = Duration.ofMinutes(10);

  private final Work work;
  private final CustomerLogs customer;
  private final LogSystem logs;
  private final VendorAccount account;
  private final String environment;

  DrainEndpoint(Work work, CustomerLogs customer, LogSystem logs) {
    this.work = work;
    this.customer = customer;
    this.logs = logs;
    this.account = new VendorAccount(work, logs.system(), CustomerLogs.ELEMENT);
    this.environment = work.at("environment");
  }

  /** Makes the endpoint unless it is there, and waits until the system lists it. */
  Finding ensure() {
    if (logs.endpoint(environment).isEmpty() && account.made("endpoint").isPresent()) {
      customer.waitFor("endpoint", "The logging system is making the endpoint.");
    }
    account.ensure(
        "endpoint", () -> logs.endpoint(environment), () -> logs.makeEndpoint(environment));
    if (logs.endpoint(environment).isEmpty()) {
      customer.waitFor("endpoint", "The logging system is making the endpoint.");
    }
    return look();
  }

  /** The endpoint is listed. */
  Finding look() {
    String id =
        logs.endpoint(environment)
            .orElseThrow(
                () ->
                    customer.unmet(
                        "logging.endpoint-missing",
                        CustomerLogs.ELEMENT,
                        "The logging system does not list %s."
                            .formatted(logs.endpointName(environment)),
                        "Look at the system's own list of changes; then retry."));
    return new Finding("endpoint", logs.against(), logs.endpointName(environment) + ", id " + id);
  }

  /** Sends a line with a number of its own, once, and finds it again. */
  Finding line() {
    int count = 1;
    while (work.remembered(Note.Kind.RESOURCE, "line-lost:" + count).isPresent()) {
      count++;
    }
    String found = "line-found:" + count;
    if (work.remembered(Note.Kind.RESOURCE, found).isEmpty()) {
      String name = "line:" + count;
      String number =
          work.remember(
                  Note.Kind.INTENT,
                  name,
                  Json.tree("slipway" + UUID.randomUUID().toString().replace("-", "")))
              .asText();
      String sent =
          work.once(
              name + ":sent",
              name + ":was-sent",
              () -> logs.send(environment, "Slipway looks whether this line arrives: " + number));
      if (!logs.hasLine(environment, number)) {
        customer.waitFor(name, SEARCHABLE, "A line was sent; it is searched for.");
        work.remember(Note.Kind.RESOURCE, "line-lost:" + count, Json.tree(work.now()));
        throw customer.unmet(
            "logging.not-found",
            CustomerLogs.ELEMENT,
            "A line that was sent to %s is not found after ten minutes."
                .formatted(logs.endpointName(environment)),
            "Look whether the endpoint is switched on and where its lines go; then retry.");
      }
      work.remember(
          Note.Kind.RESOURCE,
          found,
          Json.tree(
              number
                  + ", found after "
                  + Duration.between(Instant.parse(sent), work.now()).toSeconds()
                  + " s"));
    }
    return new Finding(
        "search for a line",
        logs.against(),
        work.remembered(Note.Kind.RESOURCE, found).orElseThrow().asText(),
        work.rememberedAt(Note.Kind.RESOURCE, found).orElseThrow());
  }

  /** Removes the endpoint that this task has made. */
  Finding putBack() {
    boolean isOurs = account.made("endpoint").isPresent() && logs.endpoint(environment).isPresent();
    if (isOurs) {
      logs.removeEndpoint(environment);
    }
    return new Finding(
        "put back", logs.against(), isOurs ? "the endpoint is removed" : "nothing was made");
  }
}
