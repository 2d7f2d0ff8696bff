package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sign-offs: the signed report and the state {@code SIGNED_OFF}, written in one transaction; {@code
 * SK = SIGNOFF}.
 */
public final class SignOffs {
  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;

  /** In the table. */
  public SignOffs(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
  }

  /**
   * Signs an onboarding off: all or nothing, and only if no item that the report rests on has
   * changed since {@code before} was read, whose version moves with every final outcome ({@link
   * Transaction}). So {@code before} has to be read first, and then the outbox and the tasks.
   *
   * @param people who stands behind the aliases that the report tells
   * @throws LostRaceException if the onboarding moved meanwhile
   */
  public void signOff(
      Onboarding before, Onboarding after, SignedReport report, People people, Actor actor) {
    List<Write> writes = new ArrayList<>();
    writes.add(onboardings.write(after, before.version()));
    writes.add(
        Write.put(
            Partition.of(after.id()),
            Partition.PEOPLE,
            people.version(),
            Json.tree(people.kept())));
    writes.add(Write.put(Partition.of(after.id()), "SIGNOFF", 0, Json.tree(report)));
    writes.add(
        auditTrail.line(
            after.id(),
            actor,
            "onboarding.signed-off",
            null,
            "report SHA-256 " + report.sha256(),
            report.reason()));
    items.write(writes);
  }

  /** The report that was signed; empty before the sign-off. */
  public Optional<SignedReport> signedReport(String onboarding) {
    return items.get(Partition.of(onboarding), "SIGNOFF", SignedReport.class);
  }
}
