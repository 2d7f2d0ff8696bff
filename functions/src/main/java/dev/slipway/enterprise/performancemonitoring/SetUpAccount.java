package dev.slipway.enterprise.performancemonitoring;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * M36: components and machines of an environment report to its account of New Relic, monitors call
 * it from outside, and its users have signed in; or another system does, as people state.
 */
public final class SetUpAccount extends TaskFunction {
  private static final String ELEMENT = EnvironmentAccount.ELEMENT;
  private static final String USERS = MonitoringUsers.ELEMENT;
  private static final String HOSTS = "component-hosts";

  private final HttpPort http;
  private final InstantSource clock;

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
    this.clock = context.clock();
  }

  @Override
  protected void perform(Work work) {
    if (!EnvironmentAccount.isChosen(work)) {
      new OtherMonitoring(work, http, clock).perform();
      return;
    }
    EnvironmentAccount account = new EnvironmentAccount(work, http);
    account.take();
    if (account.isNewOrganization()) {
      work.step("owner").about(ELEMENT).attested();
    }
    MonitoringUsers users = new MonitoringUsers(work, account);
    work.step("users")
        .about(ELEMENT, USERS)
        .askedOf(account.creator())
        .field(USERS)
        .machine(users::ensure)
        .orPerson(users::look);
    account.takeKey();
    Reports reports = new Reports(work, account);
    work.step("agents")
        .about(ELEMENT, HOSTS + "." + work.at("environment"))
        .field(ELEMENT)
        .material(reports.configuration())
        .person(reports::applicationsSince);
    work.step("servers")
        .about(ELEMENT, Reports.HOSTS)
        .field(Reports.HOSTS)
        .material(reports.machines())
        .person(reports::hostsSince);
    takeMonitors(work, new PingMonitors(work, account));
    work.step("ignore-pings").about(ELEMENT).attested();
    // Last, for a wait ends the attempt.
    work.step("accept").about(USERS).field(USERS).accepted(users::signedIn);
  }

  /** New Relic's own places do not reach a private network. */
  private static void takeMonitors(Work work, PingMonitors monitors) {
    String environment = work.at("environment");
    PersonStep step =
        work.step("synthetics")
            .about(ELEMENT, HOSTS + "." + environment, "tenants." + environment)
            .field(HOSTS)
            .material(monitors.material());
    if (work.element("infrastructure").path("reach").asText().equals("private")) {
      step.person(monitors::look);
    } else {
      step.machine(monitors::ensure).orPerson(monitors::look);
    }
  }

  @Override
  protected void verify(Work work) {
    if (!EnvironmentAccount.isChosen(work)) {
      new OtherMonitoring(work, http, clock).verify();
      return;
    }
    EnvironmentAccount account = new EnvironmentAccount(work, http);
    work.proof(ELEMENT, account::seen);
    work.proof(USERS, new MonitoringUsers(work, account)::look);
    Reports reports = new Reports(work, account);
    work.proof(ELEMENT, reports::applications);
    work.proof(Reports.HOSTS, reports::hosts);
    work.proof(HOSTS, new PingMonitors(work, account)::look);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        ELEMENT,
        () -> {
          if (!EnvironmentAccount.isChosen(work)) {
            return new Finding("put back", ELEMENT, "nothing was changed by machine");
          }
          EnvironmentAccount account = new EnvironmentAccount(work, http);
          List<String> done = new ArrayList<>(new PingMonitors(work, account).putBack());
          done.addAll(new MonitoringUsers(work, account).putBack());
          done.addAll(account.putBack());
          return new Finding("put back", account.against(), String.join("; ", done));
        });
  }
}
