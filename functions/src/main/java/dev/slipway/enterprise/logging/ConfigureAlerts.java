package dev.slipway.enterprise.logging;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M42: whoever has to know is alerted of what stands in the logs. The machine makes the alerts and
 * raises one of its own by a line; that its mail arrived, a person states.
 */
public final class ConfigureAlerts extends TaskFunction {
  private final HttpPort http;

  /** For Lambda. */
  public ConfigureAlerts() {
    this(FunctionContext.lambda());
  }

  public ConfigureAlerts(FunctionContext context) {
    this(context, context.egress());
  }

  ConfigureAlerts(FunctionContext context, HttpPort http) {
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
    LogAlerts alerts = new LogAlerts(work, customer, logs);
    work.step("ensure")
        .field(LogAlerts.ELEMENT)
        .machine(() -> customer.patiently("limited", alerts::ensure));
    TestAlert test = new TestAlert(work, customer, logs, alerts.recipients());
    work.step("fires")
        .field(LogAlerts.ELEMENT)
        .machine(() -> customer.patiently("limited", test::fired));
    work.step("fires").about(LogAlerts.ELEMENT).attested();
    work.proof(LogAlerts.ELEMENT, () -> customer.patiently("limited", test::remove));
  }

  @Override
  protected void verify(Work work) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther() && work.isSecondLook()) {
      work.proof(LogAlerts.ELEMENT, new LogAlerts(work, customer, customer.open())::look);
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther()) {
      LogSystem logs = customer.open();
      LogAlerts alerts = new LogAlerts(work, customer, logs);
      TestAlert test = new TestAlert(work, customer, logs, alerts.recipients());
      work.proof(LogAlerts.ELEMENT, () -> customer.patiently("put-back", alerts::putBack));
      work.proof(LogAlerts.ELEMENT, () -> customer.patiently("put-back", test::remove));
    }
  }
}
