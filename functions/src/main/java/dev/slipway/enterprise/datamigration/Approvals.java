package dev.slipway.enterprise.datamigration;

import dev.slipway.ledger.Answer;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * The approval of a list by two people, one of the customer and one of the vendor. Each names the
 * list by the first characters of its SHA-256, so that nobody approves what they have not seen.
 *
 * @param work the task's
 * @param about what else the approval is about
 * @param subject what is approved, such as {@code manifest}
 * @param sha256 of the list, in hex
 * @param isKept whether the list is a file of the onboarding, which the person can read
 * @param staleCode of the problem that the statement names another list
 * @param contents what the list holds, for the person
 */
record Approvals(
    Work work,
    About about,
    String subject,
    String sha256,
    boolean isKept,
    String staleCode,
    String contents) {
  /** The characters of a SHA-256 that a person writes down, as Git shortens its hashes. */
  static final int SHORT = 12;

  private static final String CUSTOMER = "customer";

  /** Asks the customer in the step {@code approve}, then the vendor in the step {@code confirm}. */
  void require() {
    Answer customer = given("approve", Optional.empty());
    given("confirm", Optional.of(customer));
  }

  private String mark() {
    return sha256.substring(0, SHORT);
  }

  private Answer given(String step, Optional<Answer> first) {
    work.step(step)
        .about(about)
        .field(DataMove.FIELD)
        .material(
            "The %s %s lists %s. Name it in your statement by the first %d characters of its SHA-256, %s."
                .formatted(
                    subject,
                    isKept ? "is the file " + sha256 + ": it" : sha256,
                    contents,
                    SHORT,
                    mark()))
        .person(
            statement -> {
              requireFit(statement, first);
              return new Finding(
                      "approval of the " + subject + " " + mark(),
                      DataMove.FIELD,
                      statement.by() + " (" + statement.role() + ")")
                  .saidIn(statement);
            });
    return work.answer(step).orElseThrow();
  }

  private void requireFit(Answer statement, Optional<Answer> first) {
    if (!(statement.statement() + statement.values()).contains(mark())) {
      throw unmet(
          staleCode,
          "The statement does not name the %s %s: it may be about another one."
              .formatted(subject, mark()),
          "Look at what it lists now, and name it in the statement.");
    }
    if (first.filter(other -> other.by().equals(statement.by())).isPresent()) {
      throw unmet(
          "approval-same-person",
          statement.by() + " approved it for the customer already.",
          "Have another person approve it, one of the vendor.");
    }
    if (statement.role().equals(CUSTOMER) == first.isPresent()) {
      throw unmet(
          "approval-one-side",
          statement.by() + " speaks for the same side as the other approval.",
          "Have one person of the customer approve it, and one of the vendor.");
    }
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement("migration." + code, "slipway", DataMove.FIELD, message, nextStep);
  }
}
