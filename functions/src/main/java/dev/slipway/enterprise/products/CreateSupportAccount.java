package dev.slipway.enterprise.products;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.People;
import dev.slipway.enterprise.products.TenantUsers.Member;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.List;

/**
 * M19: the vendor's support team can sign in to a tenant as support@maestrano.com. Its password
 * passes through nobody: "forgot password" sends it to the team's mailbox only, and the team keeps
 * it in its own vault.
 */
public final class CreateSupportAccount extends TaskFunction {
  private static final Member SUPPORT = new Member("Maestrano", "Support", People.SUPPORT, "admin");
  private static final String FIELD = "tenants";
  private static final String ENSURED = "ensured";

  private final HttpPort http;

  /** For Lambda. */
  public CreateSupportAccount() {
    this(FunctionContext.lambda());
  }

  public CreateSupportAccount(FunctionContext context) {
    this(context, context.egress());
  }

  CreateSupportAccount(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    TenantUsers users = users(work);
    work.step("ensure")
        .about(FIELD)
        .field(FIELD)
        .leftToPerson(TenantUsers.LEFT_TO_PERSON)
        .machine(users::ensure)
        .orPerson(users::look);
    Instant ensured =
        Instant.parse(work.remember(Note.Kind.RESOURCE, ENSURED, Json.tree(work.now())).asText());
    work.step("custody").about(FIELD).field(FIELD).person(CreateSupportAccount::kept);
    work.step("works").about(FIELD).field(FIELD).accepted(() -> users.signedIn(ensured));
    work.step("only-support").about(FIELD).field(FIELD).person(() -> withoutKey(work));
  }

  @Override
  protected void verify(Work work) {
    work.proof(FIELD, users(work)::look);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(FIELD, users(work)::putBack);
  }

  private TenantUsers users(Work work) {
    return new TenantUsers(work, TenantHub.of(work, http), List.of(SUPPORT), FIELD);
  }

  /** The vault that the team keeps the password in: {@code {"vault": …, "group": …}}. */
  private static Finding kept(Answer statement) {
    String vault = statement.value("vault").asText();
    String group = statement.value("group").asText();
    if (vault.isEmpty() || group.isEmpty()) {
      throw new UnmetRequirement(
          "support-account.no-vault",
          "slipway",
          FIELD,
          "The statement does not name the vault and the group that may read it.",
          "State the place in the vault and the group, and never the password.");
    }
    return new Finding("statement", vault, "readable by the group " + group).saidIn(statement);
  }

  private Finding withoutKey(Work work) {
    MnoHub hub = TenantHub.of(work, http);
    Resource user =
        hub.user(People.SUPPORT)
            .orElseThrow(
                () -> unmet("support-account.missing", "The hub has no such user any more."));
    if (!user.text("api_key").isEmpty()) {
      throw unmet(
          "support-account.api-key",
          "The account has API credentials, which whoever made them can use without its password.");
    }
    return new Finding("api_key of the user", hub.against(), "no API credentials");
  }

  private static UnmetRequirement unmet(String code, String message) {
    return new UnmetRequirement(
        code,
        MnoHub.SYSTEM,
        FIELD,
        message,
        "Mend it in the admin panel, and state again who may use the account.");
  }
}
