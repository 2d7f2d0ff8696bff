package dev.slipway.enterprise.transactionalemail;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.enterprise.infrastructure.CustomerRecords;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * M48: the platform of an environment sends its e-mails by the customer's tool, and they arrive. A
 * machine sets up sub-account, sending domain and records; of a delivery service it makes the login
 * and enters it in the hub. Of a template service the vendor enters the key in the frontends'
 * environment, where no machine comes.
 */
public final class SetUpAccount extends TaskFunction {
  private static final String FIELD = MailTools.ELEMENT;
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private final HttpPort http;
  private final Egress egress;
  private final AwsLogin aws;

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
    this.egress = context.egress();
    this.aws = context.awsLogin();
  }

  @Override
  protected void perform(Work work) {
    account(work);
    MailTool tool = tool(work);
    ToolAccount account = new ToolAccount(work, tool);
    account
        .subAccountName()
        .ifPresent(
            name ->
                work.step("sub-account")
                    .field(FIELD)
                    .machine(() -> account.ensureSubAccount(name)));
    if (tool.service().isPresent()) {
      work.step("domain").field(FIELD + ".domain").machine(account::ensureDomain);
    }
    MailDns dns = dns(work, account);
    work.step("dns")
        .about(work.about(FIELD + ".domain").and("records", dns.lines()))
        .field(FIELD + ".domain")
        .snippet("Records", dns.lines())
        .leftToPerson(LEFT_TO_PERSON)
        .machine(dns::ensure)
        .orPerson(dns::look);
    if (tool.service().isPresent()) {
      work.step("verified").field(FIELD + ".domain").machine(account::verified);
    }
    account.users();
    platform(work, tool, account);
    if (work.element("features").path("alerts").asBoolean()) {
      work.step("impac-key").about("features.alerts").attested();
    }
    TestMail mail = new TestMail(work, tool);
    work.step("test").field(TestMail.MAILBOX).machine(() -> mail.delivered(account.subAccount()));
    work.step("test")
        .about(work.about(TestMail.MAILBOX).and("mail", mail.name()))
        .field(TestMail.MAILBOX)
        .person(mail::received);
  }

  /** An account that exists is looked at; a new one is a person's, and some of it the owner's. */
  private void account(Work work) {
    if (work.element(FIELD).path("account").asText().equals("new")) {
      work.step("account")
          .about(FIELD)
          .askedOf(MailTools.creator(work))
          .field(FIELD)
          .person(() -> standing(work));
      work.step("owner").about(FIELD).attested();
    } else {
      work.step("account").field(FIELD).machine(() -> standing(work));
    }
  }

  private Finding standing(Work work) {
    return new ToolAccount(work, tool(work)).standing();
  }

  /** The frontends hand their mails to the tool. */
  private void platform(Work work, MailTool tool, ToolAccount account) {
    About entered =
        new VendorAccount(work, tool.system(), FIELD)
            .entered(FIELD, "tenants." + work.at("environment"));
    if (tool.submission().isPresent()) {
      PlatformMail mail = new PlatformMail(work, http, tool);
      work.step("sending-key").field(FIELD).machine(mail::ensureLogin);
      work.step("configure")
          .about(entered)
          .field("tenants")
          .snippet("Settings", mail.lines())
          .leftToPerson(LEFT_TO_PERSON)
          .machine(mail::enter)
          .orPerson(mail::entered);
      return;
    }
    String key = tool.system().toUpperCase(Locale.ROOT) + "_API_KEY";
    work.step("sending-key")
        .about(entered)
        .material(
            "Sub-account: " + account.subAccountName().orElse("none, the account itself") + ".")
        .attested();
    work.step("configure")
        .about(entered)
        .material(
            "In the environment of each frontend: %s, and mail_adapter = %s."
                .formatted(key, tool.system()))
        .attested();
  }

  @Override
  protected void verify(Work work) {
    MailTool tool = tool(work);
    ToolAccount account = new ToolAccount(work, tool);
    work.proof(FIELD, account::standing);
    if (tool.service().isPresent()) {
      work.proof(FIELD, account::lookAtDomain);
    }
    work.proof(FIELD, dns(work, account)::look);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        FIELD,
        () -> {
          MailTool tool = tool(work);
          List<String> done = new ArrayList<>();
          if (tool.submission().isPresent()) {
            done.addAll(new PlatformMail(work, http, tool).putBack());
          }
          done.addAll(new ToolAccount(work, tool).putBack(new TestMail(work, tool).wasSent()));
          done.addAll(records(work).putBack());
          return new Finding(
              "put back",
              tool.against(),
              done.isEmpty() ? "nothing had been made" : String.join("; ", done));
        });
  }

  private MailTool tool(Work work) {
    return new MailTools(http, egress).open(work);
  }

  private MailDns dns(Work work, ToolAccount account) {
    return new MailDns(
        work,
        egress,
        records(work),
        work.element(FIELD).path("domain").asText(),
        account.records());
  }

  private CustomerRecords records(Work work) {
    return new CustomerRecords(work, http, aws, "set-up-account");
  }
}
