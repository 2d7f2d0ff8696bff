package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.InvalidProbe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.maestrano.Connector.Organization;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * M66: a connector that stays on the vendor's infrastructure serves the organisations that moved
 * under the target's marketplace. Its framework has no call for that: two people of the vendor
 * rename the rows in one transaction, by the SQL that they are given. Its database does not refuse
 * two rows of one uid and marketplace, so that these are looked for first.
 */
public final class RenameTenant extends TaskFunction {
  private final HttpPort http;

  /** For Lambda. */
  public RenameTenant() {
    this(FunctionContext.lambda());
  }

  public RenameTenant(FunctionContext context) {
    this(context, context.egress());
  }

  RenameTenant(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    SourceConnector connector = SourceConnector.here(work, http);
    Set<String> uids = concerned(work, connector);
    RenameSql sql = sql(work, connector, uids);
    if (uids.isEmpty()) {
      for (String step : List.of("collisions", "rename", "confirm")) {
        work.step(step)
            .field(connector.field())
            .machine(
                () ->
                    new Finding(
                        "GET /maestrano/api/organizations",
                        connector.against(),
                        "it knows none of the organisations under " + sql.from()));
      }
      return;
    }
    About about = work.about().and("from", sql.from()).and("to", sql.to()).and("uids", uids);
    PersonStep collisions =
        work.step("collisions").about(about).field(connector.field()).material(sql.collisions());
    Optional<DataJob> job =
        collisions.statement().isPresent() ? Optional.empty() : collisions(work, sql);
    if (job.isPresent()) {
      collisions.probed(job.get(), told -> List.of(free(connector, uids, told)));
    } else {
      collisions.person(said -> free(connector, uids, said));
    }
    Answer renamed =
        counted(work, "rename", about, connector, sql, said -> requireCount(connector, uids, said));
    counted(work, "confirm", about, connector, sql, said -> requireSame(connector, renamed, said));
  }

  @Override
  protected void verify(Work work) {
    SourceConnector connector = SourceConnector.here(work, http);
    Set<String> uids = concerned(work, connector);
    work.step("works").field(connector.field()).machine(() -> works(connector, uids));
  }

  @Override
  protected void putBack(Work work, String request) {
    SourceConnector connector = SourceConnector.here(work, http);
    RenameSql sql = sql(work, connector, concerned(work, connector));
    work.proof(
        connector.field(),
        () ->
            new Finding(
                "put back",
                connector.against(),
                sql.uids().isEmpty()
                    ? "nothing had been renamed"
                    : "for two people of the vendor: " + sql.undo()));
  }

  private static RenameSql sql(Work work, SourceConnector connector, Set<String> uids) {
    return new RenameSql(
        connector.marketplace(), work.element("marketplaces").path("production").asText(), uids);
  }

  /** The organisations of the scope that the connector knew at first; renamed or not. */
  private Set<String> concerned(Work work, SourceConnector connector) {
    String note = "uids:" + work.about("migration.organisations").hash().substring(0, 12);
    JsonNode noted =
        work.remembered(Note.Kind.PREVIOUS, note)
            .orElseGet(
                () -> {
                  Set<String> scope = new SourceOrganizations(work, http).groups();
                  return work.remember(
                      Note.Kind.PREVIOUS, note, Json.tree(known(connector, scope)));
                });
    return noted.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> known(SourceConnector connector, Set<String> scope) {
    return connector.organizations(scope).stream()
        .map(Organization::uid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The job for a data runner; empty where it cannot be one, so that a person looks. */
  private static Optional<DataJob> collisions(Work work, RenameSql sql) {
    Optional<JsonNode> map = work.optionalElement("migration-map");
    try {
      return map.map(
          given ->
              new DataJob(
                  DataJob.Operation.COLLISIONS,
                  "connector." + work.at("application"),
                  sql.from(),
                  List.copyOf(sql.uids()),
                  given.path("file").asText(),
                  Optional.of(sql.to()),
                  Optional.empty()));
    } catch (InvalidProbe e) {
      // A name, or a number of organisations, that a job does not take.
      return Optional.empty();
    }
  }

  /** No uid is there under both names: as two counts say, and as the connector itself tells. */
  private static Finding free(SourceConnector connector, Set<String> uids, Answer said) {
    return free(
            connector,
            uids,
            isCount(said, "organizations", 0) && isCount(said, "users", 0),
            "The statement does not say that no organisation and no user is there under both names.",
            "Remove the rows of the new name that nobody uses; then state both counts, 0 and 0.")
        .saidIn(said);
  }

  /** The same, as a data runner has counted. */
  private static Finding free(SourceConnector connector, Set<String> uids, ProbeResult told) {
    return free(
        connector,
        uids,
        told.fact("organizations").equals("0") && told.fact("users").equals("0"),
        "There under both names: %s organisation(s), %s user(s)."
            .formatted(told.fact("organizations"), told.fact("users")),
        "Remove the rows of the new name that nobody uses; then retry, and they are counted anew.");
  }

  private static Finding free(
      SourceConnector connector, Set<String> uids, boolean none, String why, String nextStep) {
    Set<String> twice = known(connector, uids);
    twice.retainAll(connector.atTarget().orElse(Set.of()));
    if (!twice.isEmpty() || !none) {
      throw connector.unmet(
          "tenant-collision",
          twice.isEmpty() ? why : "There under both names: " + String.join(", ", twice) + ".",
          nextStep);
    }
    return new Finding(
        "collisions", connector.against(), "no organisation and no user is there under both names");
  }

  /** The ledger gives numbers back as decimals. */
  private static boolean isCounted(Answer said, String name) {
    return said.value(name).isNumber();
  }

  private static boolean isCount(Answer said, String name, int count) {
    return isCounted(said, name)
        && said.value(name).decimalValue().compareTo(BigDecimal.valueOf(count)) == 0;
  }

  private Answer counted(
      Work work,
      String step,
      About about,
      SourceConnector connector,
      RenameSql sql,
      Consumer<Answer> requirement) {
    work.step(step)
        .about(about)
        .field(connector.field())
        .material(sql.rename())
        .person(
            said -> {
              requirement.accept(said);
              return new Finding(
                      "rows changed",
                      connector.against(),
                      "organizations "
                          + said.value("organizations")
                          + ", users "
                          + said.value("users"))
                  .saidIn(said);
            });
    return work.answer(step).orElseThrow();
  }

  private static void requireCount(SourceConnector connector, Set<String> uids, Answer said) {
    if (!isCount(said, "organizations", uids.size()) || !isCounted(said, "users")) {
      throw differ(connector, "%d organisations were to be changed".formatted(uids.size()));
    }
  }

  private static void requireSame(SourceConnector connector, Answer first, Answer said) {
    if (said.by().equals(first.by())) {
      throw new UnmetRequirement(
          "migration.approval-same-person",
          "slipway",
          connector.field(),
          said.by() + " stated the renaming already.",
          "Have another person of the vendor see the same counts, and state them.");
    }
    if (!said.value("organizations").equals(first.value("organizations"))
        || !said.value("users").equals(first.value("users"))) {
      throw differ(connector, first.by() + " stated other counts");
    }
  }

  private static UnmetRequirement differ(SourceConnector connector, String why) {
    return new UnmetRequirement(
        "migration.counts-differ",
        "connector",
        connector.field(),
        "The counts do not fit: " + why + ".",
        "Roll the transaction back, see why, and state `organizations` and `users` as they were changed.");
  }

  /** As the new marketplace the connector lists them, as the old one it does not. */
  private static Finding works(SourceConnector connector, Set<String> uids) {
    if (uids.isEmpty()) {
      return new Finding(
          "GET /maestrano/api/organizations", connector.against(), "nothing had to be renamed");
    }
    Optional<Set<String>> atTarget = connector.atTarget();
    if (atTarget.isEmpty()) {
      throw connector.unmet(
          "no-target-keys",
          "The credential has no keys of the target's marketplace, as which the connector is asked.",
          "Store it again with `targetApiId` and `targetApiKey`.");
    }
    Set<String> missing = new TreeSet<>(uids);
    missing.removeAll(atTarget.get());
    Set<String> old = known(connector, uids);
    if (!missing.isEmpty() || !old.isEmpty()) {
      throw connector.unmet(
          "not-renamed",
          "Not under the new name: %s; still under the old one: %s."
              .formatted(orNone(missing), orNone(old)),
          "See that the transaction was committed; then retry.");
    }
    return new Finding(
        "GET /maestrano/api/organizations",
        connector.against(),
        "%d organisations under the new name, none under %s"
            .formatted(uids.size(), connector.marketplace()));
  }

  private static String orNone(Set<String> uids) {
    return uids.isEmpty() ? "none" : ConnectedAccounts.named(List.copyOf(uids));
  }
}
