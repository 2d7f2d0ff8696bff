package dev.slipway.enterprise.infrastructure;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.net.Egress;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M06: the account of an environment is there, its users have their logins, and the base set-up is
 * in it. AWS makes a new account by itself; an Azure subscription is made by the owner of the
 * billing account. Both environments are prepared at once, since each step may take weeks.
 */
public final class ProvisionAccount extends TaskFunction {
  static final String INFRASTRUCTURE = "infrastructure";
  static final String USERS = "infrastructure-users";

  private final Egress egress;
  private final AwsLogin aws;

  /** For Lambda. */
  public ProvisionAccount() {
    this(FunctionContext.lambda());
  }

  public ProvisionAccount(FunctionContext context) {
    super(context);
    this.egress = context.egress();
    this.aws = context.awsLogin();
  }

  @Override
  protected void perform(Work work) {
    CloudAccount account = account(work);
    account.provide();
    if (wantsUsers(work)) {
      account.provideUsers();
      work.step("accept").about(USERS).attested();
    }
    account.compareQuotas();
    baseSetUp(work).stated();
  }

  @Override
  protected void verify(Work work) {
    CloudAccount account = account(work);
    account.look();
    if (wantsUsers(work)) {
      account.lookAtUsers();
    }
    baseSetUp(work).stated();
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(INFRASTRUCTURE, account(work)::putBack);
  }

  private CloudAccount account(Work work) {
    return work.element(INFRASTRUCTURE).path("provider").asText().equals("azure")
        ? new AzureAccount(work, egress)
        : new AwsAccount(work, aws);
  }

  private BaseSetUp baseSetUp(Work work) {
    return new BaseSetUp(work, egress.names());
  }

  private static boolean wantsUsers(Work work) {
    return work.element(INFRASTRUCTURE).path("usersWanted").asBoolean(true);
  }
}
