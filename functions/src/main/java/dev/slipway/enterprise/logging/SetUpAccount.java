package dev.slipway.enterprise.logging;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M39: the account at the logging system is there, and its users can sign in. A new account is made
 * by a person; its users are invited by the machine, or by a person where it may not.
 */
public final class SetUpAccount extends TaskFunction {
  private final HttpPort http;

  /** For Lambda. */
  public SetUpAccount() {
    this(FunctionContext.lambda());
  }

  public SetUpAccount(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpAccount(FunctionContext context, HttpPort http) {
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
    if (customer.isNew()) {
      work.step("account")
          .about(CustomerLogs.ELEMENT)
          .askedOf(customer.party())
          .field(CustomerLogs.ELEMENT)
          .person(() -> account(logs));
      work.step("owner").about(CustomerLogs.ELEMENT).attested();
    } else {
      work.step("account").field(CustomerLogs.ELEMENT).machine(() -> account(logs));
    }
    LogUsers users = new LogUsers(work, customer, logs);
    String people = LogUsers.element(work);
    work.step("users")
        .about(people)
        .askedOf(customer.party())
        .field(people)
        .machine(() -> customer.patiently("users", users::ensure))
        .orPerson(users::look);
    if (logs.tellsSignIns()) {
      work.step("accept").about(people).field("logging-users").accepted(users::signedIn);
    } else {
      work.step("accept").about(people).attested();
    }
  }

  @Override
  protected void verify(Work work) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther()) {
      LogSystem logs = customer.open();
      work.proof(CustomerLogs.ELEMENT, () -> account(logs));
      work.proof(LogUsers.element(work), new LogUsers(work, customer, logs)::look);
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    CustomerLogs customer = new CustomerLogs(work, http);
    if (!customer.isOther()) {
      LogUsers users = new LogUsers(work, customer, customer.open());
      work.proof(LogUsers.element(work), () -> customer.patiently("put-back", users::putBack));
    }
  }

  private static Finding account(LogSystem logs) {
    String told = logs.account();
    return new Finding("account status", logs.against(), told);
  }
}
