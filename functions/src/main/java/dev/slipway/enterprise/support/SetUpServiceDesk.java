package dev.slipway.enterprise.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Party;
import dev.slipway.systems.jira.Jira;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M54: the customer opens requests in a service desk of Jira, the vendor's own or the customer's. A
 * machine makes project, organization and customers, or adopts them; seats cost money, so that
 * agents are added by a person and looked up.
 */
public final class SetUpServiceDesk extends TaskFunction {
  static final String ELEMENT = "service-desk";
  private static final String REQUESTERS = "platform-support";

  private final HttpPort http;

  /** For Lambda. */
  public SetUpServiceDesk() {
    this(FunctionContext.lambda());
  }

  public SetUpServiceDesk(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpServiceDesk(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    Party owner = owner(work);
    DeskSetUp desk = desk(work);
    work.step("project")
        .about(ELEMENT)
        .askedOf(owner)
        .field(ELEMENT)
        .machine(desk::ensureProject)
        .orPerson(desk::project);
    work.step("organisation").field(ELEMENT).machine(desk::ensureOrganization);
    work.step("customers")
        .about(REQUESTERS, "platform-admins")
        .askedOf(owner)
        .field(REQUESTERS)
        .machine(desk::ensureCustomers)
        .orPerson(desk::customers);
    work.step("agents").about(ELEMENT).askedOf(owner).field(ELEMENT).person(desk::agents);
    work.step("offer").about("support-offer", REQUESTERS).attested();
    work.step("ticket").about(ELEMENT).attested();
  }

  @Override
  protected void verify(Work work) {
    DeskSetUp desk = desk(work);
    work.proof(ELEMENT, desk::project);
    work.proof(REQUESTERS, desk::customers);
    work.proof(ELEMENT, desk::agents);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(ELEMENT, desk(work)::putBack);
  }

  private static Party owner(Work work) {
    return work.element(ELEMENT).path("owner").asText().equals("customer")
        ? Party.CUSTOMER
        : Party.VENDOR;
  }

  private DeskSetUp desk(Work work) {
    String system = owner(work) == Party.CUSTOMER ? "customer-jira" : Jira.SYSTEM;
    JsonNode secret = work.secret(system);
    return new DeskSetUp(
        work,
        new VendorAccount(work, system, ELEMENT),
        new Jira(
            http,
            work.element(ELEMENT).path("site").asText(),
            secret.path("email").asText(),
            secret.path("apiToken").asText()));
  }
}
