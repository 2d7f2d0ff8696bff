package dev.slipway.enterprise.jobmonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.SeenViews;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * M44: the platform administrators see the jobs. At the hub their role lets them in. Connec! has
 * one login for all, as the guide says: the customer keeps it in its vault and states who reads it;
 * Slipway hands it to nobody, and looks that it still opens the page.
 */
public final class SetUpAccounts extends TaskFunction {
  private static final String ADMINS = "platform-admins";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.ADDRESS_REFUSED);

  private final HttpPort http;

  /** For Lambda. */
  public SetUpAccounts() {
    this(FunctionContext.lambda());
  }

  public SetUpAccounts(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpAccounts(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    admins(work).forEach(email -> wanted.put(email, Set.of("jobs")));
    work.step("hub")
        .about(ADMINS)
        .field(ADMINS)
        .person(new SeenViews(work, ADMINS, wanted)::stated);
    work.step("connec").about(ADMINS).field(ADMINS).person(statement -> kept(work, statement));
  }

  @Override
  protected void verify(Work work) {
    JobsPage page = new JobsPage(work, http, JobsPage.CONNEC);
    work.step("works")
        .about(page.field())
        .field(page.field())
        .leftToPerson(LEFT_TO_PERSON)
        .machine(page::login)
        .orAttested();
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        ADMINS,
        () ->
            new Finding(
                "put back",
                "Slipway",
                "nothing was changed by machine; the vendor changes the login of Connec!'s page"));
  }

  /** {@code {"path": "ops/connec-jobs", "readers": ["anna@customer.example"]}}. */
  private static Finding kept(Work work, Answer statement) {
    String path = statement.value("path").asText();
    List<String> readers =
        statement
            .value("readers")
            .valueStream()
            .map(JsonNode::asText)
            .map(SetUpAccounts::low)
            .toList();
    if (path.isEmpty() || readers.isEmpty()) {
      throw unmet(
          "no-vault",
          "The statement does not name the place in your vault and who reads it.",
          "State the place and the readers' e-mail addresses, and never the login.");
    }
    List<String> unknown = new ArrayList<>(readers);
    unknown.removeAll(admins(work).stream().map(SetUpAccounts::low).toList());
    if (!unknown.isEmpty()) {
      throw unmet(
          "unknown-reader",
          String.join(", ", unknown) + " may read the login and is no platform administrator.",
          "Take the right away, or add the person to `platform-admins`; then state it again.");
    }
    return new Finding(
            "statement", path, readers.size() + " reader(s), platform administrators all")
        .saidIn(statement);
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(ADMINS + "." + code, "slipway", ADMINS, message, nextStep);
  }

  private static List<String> admins(Work work) {
    return work.element(ADMINS).valueStream().map(each -> each.path("email").asText()).toList();
  }

  private static String low(String email) {
    return email.toLowerCase(Locale.ROOT);
  }
}
