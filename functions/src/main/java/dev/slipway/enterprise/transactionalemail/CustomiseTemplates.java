package dev.slipway.enterprise.transactionalemail;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Party;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Set;

/**
 * M49: the e-mails have the customer's texts. At a template service a machine enters, publishes and
 * renders them; with a delivery service they are files of the frontend, which the vendor overrides.
 */
public final class CustomiseTemplates extends TaskFunction {
  private static final String GIVEN = "mail-branding";
  private static final String ACCEPTED = "accepted";

  /** The file that is bundled has another name than the code asks for. */
  private static final String TRAP =
      "Files: app/views/system_notifications, mail.css, main-logo.png. The code asks for"
          + " deletion-request-instructions, and the bundled file is delete-request-instructions:"
          + " rename it, or that e-mail breaks.";

  private final HttpPort http;
  private final Egress egress;

  /** For Lambda. */
  public CustomiseTemplates() {
    this(FunctionContext.lambda());
  }

  public CustomiseTemplates(FunctionContext context) {
    this(context, context.egress());
  }

  CustomiseTemplates(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
    this.egress = context.egress();
  }

  @Override
  protected void perform(Work work) {
    boolean isByCustomer = work.element(GIVEN).path("by").asText().equals("customer");
    if (isByCustomer) {
      work.step("access").about(GIVEN + ".by").attested();
    }
    MailTool tool = new MailTools(http, egress).open(work);
    PersonStep enter =
        work.step("templates")
            .about(GIVEN, MailTools.ELEMENT)
            .field(GIVEN)
            .askedOf(isByCustomer ? Party.CUSTOMER : Party.VENDOR);
    if (tool.templates().isPresent()) {
      TemplateSet set = new TemplateSet(work, http, tool);
      PersonStep entered = enter.material(set.lines());
      if (isByCustomer) {
        entered.person(set::look);
      } else {
        entered
            .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
            .machine(set::ensure)
            .orPerson(set::look);
      }
      work.step("render").field(GIVEN).machine(set::render);
    } else {
      enter.material(TRAP).attested();
      work.step("render").about(GIVEN, MailTools.ELEMENT).attested();
    }
    work.step("accept")
        .about(GIVEN, MailTools.ELEMENT)
        .field(GIVEN)
        .person(CustomiseTemplates::accepted);
  }

  /** The customer states {@code {"accepted": true}}, or false with the {@code reason}. */
  private static Finding accepted(Answer answer) {
    if (answer.denies(ACCEPTED)) {
      throw new UnmetRequirement(
          "mail.not-accepted",
          MailTools.ELEMENT,
          GIVEN,
          "The e-mails are not accepted: " + answer.value("reason").asText(answer.statement()),
          "Give other texts in the element `mail-branding`, and look at the e-mails again.");
    }
    return new Finding("acceptance", "the e-mails", "accepted by " + answer.by()).saidIn(answer);
  }

  @Override
  protected void verify(Work work) {
    MailTool tool = new MailTools(http, egress).open(work);
    if (tool.templates().isPresent()) {
      work.proof(GIVEN, new TemplateSet(work, http, tool)::look);
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        GIVEN,
        () -> {
          MailTool tool = new MailTools(http, egress).open(work);
          List<String> done =
              tool.templates().isPresent()
                  ? new TemplateSet(work, http, tool).putBack()
                  : List.of("the vendor builds the frontend without the texts");
          return new Finding(
              "put back",
              tool.against(),
              done.isEmpty() ? "nothing had been entered" : String.join("; ", done));
        });
  }
}
