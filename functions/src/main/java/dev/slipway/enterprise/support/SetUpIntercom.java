package dev.slipway.enterprise.support;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Party;
import dev.slipway.systems.intercom.Intercom;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * M53: users of an environment's frontends reach the people who onboard and support them. Only
 * people make a workspace and invite to it; a machine looks who has joined, enters the workspace in
 * the frontends, and sends an event that Intercom then lists.
 */
public final class SetUpIntercom extends TaskFunction {
  static final String ELEMENT = "intercom";
  private static final String TEAM = "onboarding-owner";
  private static final String TENANTS = "tenants";

  /** Whoever may not, or a hub that does not know the setting. */
  private static final Set<Kind> REFUSED =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public SetUpIntercom() {
    this(FunctionContext.lambda());
  }

  public SetUpIntercom(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpIntercom(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    IntercomWorkspace workspace = workspace(work);
    if (isNew(work)) {
      work.step("workspace")
          .about(ELEMENT)
          .askedOf(maker(work))
          .field(ELEMENT)
          .person(workspace::stated);
      work.step("owner").about(ELEMENT).attested();
    } else {
      work.step("workspace").field(ELEMENT).machine(workspace::look);
    }
    work.step("teammates")
        .about(TEAM)
        .askedOf(maker(work))
        .field(TEAM)
        .accepted(workspace::teammates);
    String appId = workspace.appId();
    IntercomInFrontends frontends = new IntercomInFrontends(work, http, appId);
    String tenants = TENANTS + "." + work.at("environment");
    work.step("set")
        .about(work.about(tenants).and("app", appId).and("keys", account(work).version()))
        .field(TENANTS)
        .material("App id: " + appId)
        .leftToPerson(REFUSED)
        .machine(frontends::ensure)
        .orPerson(frontends::seen);
    work.step("events").field(ELEMENT).machine(workspace::events);
    work.step("identity").about(ELEMENT).field(ELEMENT).person(workspace::identities);
  }

  @Override
  protected void verify(Work work) {
    IntercomWorkspace workspace = workspace(work);
    work.proof(ELEMENT, workspace::look);
    work.proof(TENANTS, new IntercomInFrontends(work, http, workspace.appId())::seen);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        ELEMENT,
        () -> {
          List<String> done = new ArrayList<>(workspace(work).putBack());
          List<String> settings = new IntercomInFrontends(work, http, "").putBack();
          done.addAll(settings);
          return new Finding(
              "put back",
              "Intercom and the hub",
              done.isEmpty()
                  ? "nothing had been changed by machine"
                  : String.join("; ", done)
                      + (settings.isEmpty() ? "" : "; visitors see it after a restart"));
        });
  }

  private static boolean isNew(Work work) {
    return work.element(ELEMENT).path("workspace").asText().equals("new");
  }

  /** Who makes a new workspace also invites to it; to one that exists, the vendor does. */
  private static Party maker(Work work) {
    return isNew(work) && work.element(ELEMENT).path("createdBy").asText().equals("customer")
        ? Party.CUSTOMER
        : Party.VENDOR;
  }

  private static VendorAccount account(Work work) {
    return new VendorAccount(work, Intercom.SYSTEM, ELEMENT);
  }

  private IntercomWorkspace workspace(Work work) {
    return new IntercomWorkspace(work, http, account(work));
  }
}
