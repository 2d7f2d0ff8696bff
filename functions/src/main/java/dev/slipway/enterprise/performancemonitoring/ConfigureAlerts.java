package dev.slipway.enterprise.performancemonitoring;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.StatedLinks;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * M37: apdex, thresholds and recipients of an environment's alerts are those of the elements, and a
 * test alert has arrived; or another system alerts, as people state.
 */
public final class ConfigureAlerts extends TaskFunction {
  private static final String ELEMENT = EnvironmentAccount.ELEMENT;
  private static final String TARGETS = AlertRules.ELEMENT;
  private static final String USERS = MonitoringUsers.ELEMENT;

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
    if (!EnvironmentAccount.isChosen(work)) {
      work.step("other")
          .about(ELEMENT, TARGETS)
          .field(ELEMENT)
          .person(statement -> StatedLinks.of(statement, ELEMENT, "thresholds", "recipients"));
      work.step("alert-arrives").about(ELEMENT, TARGETS, USERS).attested();
      return;
    }
    EnvironmentAccount account = new EnvironmentAccount(work, http);
    AlertRules rules = rules(work, account);
    work.step("apdex").field(TARGETS).machine(new ApdexTargets(account, rules)::ensure);
    AlertPolicy policy = new AlertPolicy(work, account, rules);
    work.step("policy").field(ELEMENT).machine(policy::ensure);
    work.step("thresholds").field(TARGETS).machine(policy::ensureConditions);
    About told = work.about(TARGETS, USERS);
    work.step("recipients")
        .about(told)
        .field(TARGETS)
        .material(policy.material())
        .leftToPerson(AlertPolicy.LEFT_TO_PERSON)
        .machine(policy::ensureRecipients)
        .orPerson(policy::statedRecipients);
    work.step("fires").field(TARGETS).machine(policy::fire);
    work.step("alert-arrives").about(told).field(TARGETS).person(policy::received);
  }

  @Override
  protected void verify(Work work) {
    if (EnvironmentAccount.isChosen(work)) {
      EnvironmentAccount account = new EnvironmentAccount(work, http);
      AlertRules rules = rules(work, account);
      work.proof(TARGETS, new ApdexTargets(account, rules)::look);
      work.proof(TARGETS, new AlertPolicy(work, account, rules)::conditions);
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        TARGETS,
        () -> {
          if (!EnvironmentAccount.isChosen(work)) {
            return new Finding("put back", ELEMENT, "nothing was changed by machine");
          }
          EnvironmentAccount account = new EnvironmentAccount(work, http);
          AlertRules rules = rules(work, account);
          List<String> done = new ArrayList<>(new ApdexTargets(account, rules).putBack());
          done.addAll(new AlertPolicy(work, account, rules).putBack());
          return new Finding("put back", account.against(), String.join("; ", done));
        });
  }

  private static AlertRules rules(Work work, EnvironmentAccount account) {
    return new AlertRules(
        work, account.applications().values().stream().flatMap(List::stream).toList());
  }
}
