package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.PortalLink;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * V14: customers go from the dashboard into the billing portal without logging in. Set up by a
 * person; proven by following a link of the test customer, which works once and not twice.
 */
public final class SetUpSingleSignOn extends TaskFunction {
  private static final String FIELD = "single-sign-on";
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD);

  private final ThirdParties parties;

  /** For Lambda. */
  public SetUpSingleSignOn() {
    this(FunctionContext.lambda());
  }

  public SetUpSingleSignOn(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  SetUpSingleSignOn(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    work.step("connect-portal").about("platform.domain", FIELD + ".portal").attested();
  }

  @Override
  protected void verify(Work work) {
    PersonStep step = work.step("follow-link").about("platform.domain", FIELD).field(FIELD);
    if (work.hasSecret("test-customer")) {
      step.leftToPerson(LEFT_TO_PERSON)
          .machine(() -> new PortalLink(work, parties).followed())
          .orAttested();
    } else {
      step.attested();
    }
  }
}
