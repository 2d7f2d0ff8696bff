package dev.slipway.enterprise.products;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * U01 (no row of the guide): the customer accepts UAT as a whole, if it wants that. What was tried
 * in UAT begins in Production only then ({@link dev.slipway.checklist.Promotion}). What the
 * customer misses is mended by the vendor, and the customer is asked again.
 */
public final class AcceptUat extends TaskFunction {
  private static final String ACCEPTED = "accepted";

  /** What the customer sees in UAT; with other values it is accepted anew. */
  private static final String[] SEEN = {
    "release",
    "tenants.uat",
    "tenant-look",
    "features",
    "applications",
    "application-facts",
    "mail-branding",
    "payment"
  };

  /** For Lambda. */
  public AcceptUat() {
    this(FunctionContext.lambda());
  }

  public AcceptUat(FunctionContext context) {
    super(context);
  }

  @Override
  protected void perform(Work work) {
    Optional<Answer> refused = work.answer("accept").filter(answer -> answer.denies(ACCEPTED));
    if (refused.isPresent()) {
      Answer refusal = refused.get();
      work.step("mend")
          .about(work.about().and("refusal", refusal.id()))
          .material(refusal.by() + " does not accept UAT: " + reason(refusal))
          .attested();
    }
  }

  @Override
  protected void verify(Work work) {
    work.step("accept").about(SEEN).person(AcceptUat::accepted);
  }

  /** The customer states {@code {"accepted": true}}, or false with the {@code reason}. */
  private static Finding accepted(Answer answer) {
    if (answer.denies(ACCEPTED)) {
      throw new UnmetRequirement(
          "uat.mended",
          "slipway",
          null,
          "The vendor says that it has mended what was missing: " + reason(answer),
          "Look at UAT again, and say whether you accept it.");
    }
    if (!answer.value(ACCEPTED).asBoolean()) {
      throw new UnmetRequirement(
          "uat.not-accepted",
          "slipway",
          ACCEPTED,
          "The statement does not say whether UAT is accepted.",
          "Say whether you accept it, and if not, what is missing.");
    }
    LocalDate day = LocalDate.ofInstant(answer.at(), ZoneOffset.UTC);
    return new Finding("acceptance", "UAT", "UAT accepted by " + answer.by() + ", " + day)
        .saidIn(answer);
  }

  private static String reason(Answer refusal) {
    return refusal.value("reason").asText(refusal.statement());
  }
}
