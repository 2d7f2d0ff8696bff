package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * M62: in the window for the move, once the customer has said "begin", the accounts of the
 * organisations that move are disconnected at the source. Connectors are asked by machine; accounts
 * of Connec! connectors only a signed-in person can disconnect. Half an hour later nothing may be
 * connected or running.
 */
public final class DisconnectAccounts extends TaskFunction {
  private static final Duration QUIET = Duration.ofMinutes(30);

  /** Connectors that have no such API, or do not let a marketplace do it. */
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private static final String USERS_ARE_TOLD =
      """
      The users are told, from the address that they know: "Your organisation moves to its own \
      environment. From now on nothing is synchronised. After the move, sign in to the new address \
      and connect your applications (such as Xero) again: their connections do not move along."\
      """;

  private final HttpPort http;
  private final ListArchive archive;

  /** For Lambda. */
  public DisconnectAccounts() {
    this(FunctionContext.lambda());
  }

  public DisconnectAccounts(FunctionContext context) {
    this(context, context.egress(), ListArchive.of(context));
  }

  DisconnectAccounts(FunctionContext context, HttpPort http, ListArchive archive) {
    super(context);
    this.http = http;
    this.archive = archive;
  }

  @Override
  protected void perform(Work work) {
    Instant from = Instant.parse(window(work).path("from").asText());
    work.waitUntil(
        from, "The window for the move, in which accounts are disconnected, has not begun.");
    About scope = work.about("migration.sourceTenant", "migration.organisations");
    work.step("start")
        .about("migration.sourceTenant", "migration.organisations", "migration.cutOver")
        .field("migration.cutOver")
        .material(USERS_ARE_TOLD)
        .person(statement -> begun(work, statement));
    SourceOrganizations source = new SourceOrganizations(work, http);
    ConnectedAccounts accounts = new ConnectedAccounts(work, source);
    work.step("list").field(DataMove.FIELD).machine(() -> accounts.list(archive));
    work.step("tell").about(scope).material(USERS_ARE_TOLD).attested();
    List<SourceConnector> connectors = SourceConnector.all(work, http);
    work.step("hosted")
        .about(scope)
        .field("credential:connector-admin")
        .leftToPerson(LEFT_TO_PERSON)
        .machine(() -> disconnected(source, connectors))
        .orAttested();
    List<String> connected = accounts.connected();
    PersonStep connec =
        work.step("connec")
            .about(scope)
            .field(DataMove.FIELD)
            .material("Still connected: " + ConnectedAccounts.named(connected));
    if (connected.isEmpty()) {
      connec.machine(accounts::look).orAttested();
    } else {
      connec.person(accounts::look);
    }
    work.waitUntil(
        work.since("disconnected").plus(QUIET),
        "Half an hour after the accounts were disconnected it is looked whether anything still runs.");
    work.step("quiet").field(DataMove.FIELD).machine(() -> quiet(source, accounts, connectors));
  }

  @Override
  protected void verify(Work work) {
    SourceOrganizations source = new SourceOrganizations(work, http);
    work.proof(
        DataMove.FIELD,
        () -> quiet(source, new ConnectedAccounts(work, source), SourceConnector.all(work, http)));
  }

  @Override
  protected String overForGood() {
    return DataMove.OVER;
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        null,
        () ->
            new Finding(
                "put back",
                "the source",
                "an account that was disconnected only its user can connect again: tell the users"));
  }

  private static JsonNode window(Work work) {
    return work.element(DataMove.FIELD).path("cutOver");
  }

  /** What was said before the window, or behind it, is no "begin" for this one. */
  private static Finding begun(Work work, Answer statement) {
    JsonNode window = window(work);
    if (statement.at().isBefore(Instant.parse(window.path("from").asText()))) {
      throw unmet(
          "too-early",
          "It was said before the window for the move had begun.",
          "Say it again now that the window is open.");
    }
    if (!statement.at().isBefore(Instant.parse(window.path("to").asText()))) {
      throw unmet(
          "window-over",
          "The window for the move is over, and nothing was disconnected in it.",
          "Give a new window in the element `migration`.");
    }
    return new Finding("begin", DataMove.FIELD, "said by " + statement.by()).saidIn(statement);
  }

  private static Finding disconnected(
      SourceOrganizations source, List<SourceConnector> connectors) {
    Set<String> scope = source.groups();
    List<String> told = new ArrayList<>();
    for (SourceConnector each : connectors) {
      told.add("%s: %d disconnected".formatted(each.application(), each.disconnect(scope)));
    }
    return new Finding(
        "GET /maestrano/api/organizations",
        against(connectors),
        told.isEmpty() ? "no cloud connector" : String.join("; ", told));
  }

  private static String against(List<SourceConnector> connectors) {
    return connectors.isEmpty()
        ? "connectors"
        : String.join(", ", connectors.stream().map(SourceConnector::against).toList());
  }

  /** What a connector without an API does not tell is left to what the hub tells. */
  private static Finding quiet(
      SourceOrganizations source, ConnectedAccounts accounts, List<SourceConnector> connectors) {
    Finding seen = accounts.look();
    Set<String> scope = source.groups();
    List<String> busy = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (SourceConnector each : connectors) {
      try {
        each.connected(scope).forEach(one -> busy.add(each.application() + " of " + one.uid()));
        each.running(scope).forEach(one -> busy.add(each.application() + " of " + one));
      } catch (SystemTrouble trouble) {
        if (!LEFT_TO_PERSON.contains(trouble.kind())) {
          throw trouble;
        }
        silent.add(each.application());
      }
    }
    if (!busy.isEmpty()) {
      throw unmet(
          "not-quiet",
          "Still connected or running: " + ConnectedAccounts.named(busy) + ".",
          "See in the connector's console why; then retry.");
    }
    return new Finding(
        seen.probe(),
        seen.against(),
        seen.answer()
            + "; nothing runs in the connectors"
            + (silent.isEmpty()
                ? ""
                : ", as stated of " + String.join(", ", silent) + ", which does not tell"));
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(
        "migration." + code, "slipway", "migration.cutOver", message, nextStep);
  }
}
