package dev.slipway.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.util.List;
import java.util.function.Supplier;

/**
 * A waiver that one person asked for, and that a second person has to agree to or to refuse.
 *
 * @param task that shall be done without
 * @param named whom the checklist wants to be one of the two, as the intake tells (name and
 *     channel), for the task's instance if there is one for each; missing: any two people
 */
public record OpenWaiver(Decision asked, Task task, JsonNode named) {

  /**
   * A waiver as things stand; the caller has made sure that it is open.
   *
   * @param instances asked for only if the checklist names one of the two
   */
  public static OpenWaiver of(Supplier<Instances> instances, Task task, Decision asked) {
    return new OpenWaiver(
        asked,
        task,
        task.waivedWith() == null
            ? MissingNode.getInstance()
            : instances.get().input(task.waivedWith(), asked.key()));
  }

  /** Whether nobody but the named one may be the second one; else any manager but the first. */
  private boolean isForNamedOnly() {
    return !named.isMissingNode()
        && (asked.identity() == null || !asked.identity().isNamedBy(named));
  }

  /** Whether a person may be the second one. */
  public boolean mayBeAgreedBy(Identity who) {
    return isForNamedOnly() ? who.isNamedBy(named) : !who.isSameAs(asked.identity());
  }

  /** The request, as the title of its task. */
  public String title() {
    return "Approve or refuse to do without: " + name();
  }

  private String name() {
    return TaskKey.named(task.title(), asked.key().instance());
  }

  /** The request to the second person, as an outcome. */
  public Outcome.Waiting waiting() {
    String who =
        isForNamedOnly()
            ? "It is for "
                + DisplayName.of(named.path("name").asText())
                + " to decide, whom the element `"
                + task.waivedWith()
                + "` names."
            : "A manager other than that person decides.";
    return new Outcome.Waiting(
        Party.VENDOR,
        null,
        List.of(),
        asked.by()
            + " asks to do without "
            + task.row()
            + " "
            + name()
            + ": "
            + asked.reason()
            + "\n"
            + who
            + " Until then the task goes on as if nobody had asked.",
        "The decision is recorded with both names and stands in the report.",
        asked.due(),
        null,
        null,
        List.of());
  }
}
