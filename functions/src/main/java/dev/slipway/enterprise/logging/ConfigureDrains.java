package dev.slipway.enterprise.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.maestrano.Nex;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.net.URI;
import java.util.List;

/**
 * M40: what the applications on Nex! log arrives at the logging system. The machine makes the
 * environment's endpoint and proves it by a line; the vendor sets the drains, for which Nex! has no
 * call, and the machine looks whether each application is heard.
 */
public final class ConfigureDrains extends TaskFunction {
  private final HttpPort http;

  /** For Lambda. */
  public ConfigureDrains() {
    this(FunctionContext.lambda());
  }

  public ConfigureDrains(FunctionContext context) {
    this(context, context.egress());
  }

  ConfigureDrains(FunctionContext context, HttpPort http) {
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
    DrainEndpoint endpoint = new DrainEndpoint(work, customer, logs);
    String environment = work.at("environment");
    work.step("endpoint")
        .field(CustomerLogs.ELEMENT)
        .machine(() -> customer.patiently("limited", endpoint::ensure));
    work.step("line")
        .field(CustomerLogs.ELEMENT)
        .machine(() -> customer.patiently("limited", endpoint::line));
    work.step("drain")
        .about(CustomerLogs.ELEMENT, "component-hosts." + environment)
        .field("component-hosts")
        .material("The endpoint is " + logs.endpointName(environment) + ".")
        .person(() -> drained(work, customer, logs));
  }

  @Override
  protected void verify(Work work) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther()) {
      LogSystem logs = customer.open();
      work.proof(CustomerLogs.ELEMENT, new DrainEndpoint(work, customer, logs)::look);
      if (work.isSecondLook()) {
        work.proof("component-hosts", () -> drained(work, customer, logs));
      }
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther()) {
      DrainEndpoint endpoint = new DrainEndpoint(work, customer, customer.open());
      work.proof(CustomerLogs.ELEMENT, () -> customer.patiently("put-back", endpoint::putBack));
    }
  }

  /** Each application on Nex! has a line of the last hour with its name. */
  private Finding drained(Work work, CustomerLogs customer, LogSystem logs) {
    JsonNode key = work.secret(Nex.SYSTEM);
    List<String> apps =
        new Nex(http, URI.create(key.path("endpoint").asText()), key.path("apiKey").asText())
            .apps().stream().map(Nex.App::name).toList();
    List<String> silent =
        apps.stream().filter(app -> !logs.hasLine(work.at("environment"), app)).toList();
    if (!silent.isEmpty()) {
      throw customer.unmet(
          "logging.no-lines",
          "component-hosts",
          "No line of the last hour has the name of " + String.join(", ", silent) + ".",
          "Set the drain of each of them to the endpoint, so that its lines have its name.");
    }
    return new Finding(
        "search for lines of each application",
        logs.against(),
        apps.isEmpty() ? "Nex! runs no application" : "lines of " + String.join(", ", apps));
  }
}
