package dev.slipway.enterprise.jobmonitoring;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * M43: the jobs of MnoHub and Connec! can be watched, and strangers cannot. The vendor sets the
 * pages up; a machine looks as a stranger, and at Connec! also with the login. Who sees the hub's
 * jobs is a platform administrator, which no machine is.
 */
public final class SetUpInterfaces extends TaskFunction {
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.ADDRESS_REFUSED);

  private final HttpPort http;

  /** For Lambda. */
  public SetUpInterfaces() {
    this(FunctionContext.lambda());
  }

  public SetUpInterfaces(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpInterfaces(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    step(work, "set", page(work)).attested();
  }

  @Override
  protected void verify(Work work) {
    JobsPage page = page(work);
    step(work, "closed", page).machine(page::closed).orProbed(page.asStranger(), page::closed);
    PersonStep open = step(work, "open", page);
    if (work.at("component").equals(JobsPage.CONNEC)) {
      open.askedOf(Party.VENDOR).leftToPerson(LEFT_TO_PERSON).machine(page::worker).orAttested();
    } else {
      open.attested();
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        "component-hosts",
        () ->
            new Finding(
                "put back",
                "Slipway",
                "nothing was changed by machine; the vendor takes the page away"));
  }

  private static PersonStep step(Work work, String id, JobsPage page) {
    return work.step(id).about(page.field()).field(page.field());
  }

  private JobsPage page(Work work) {
    return new JobsPage(work, http, work.at("component"));
  }
}
