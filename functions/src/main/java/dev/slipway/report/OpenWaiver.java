package dev.slipway.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.util.List;

/**
 * A waiver that somebody asked for, and that a second person has to agree to or to refuse.
 *
 * @param task that shall be done without
 * @param named whom the checklist wants to be one of the two, as the intake tells (name and
 *     channel); missing: any two people
 */
public record OpenWaiver(Decision asked, Task task, JsonNode named) {

  /** A waiver as things stand; the caller has made sure that it is open. */
  public static OpenWaiver of(Ledger ledger, String onboarding, Task task, Decision asked) {
    return new OpenWaiver(
        asked,
        task,
        task.waivedWith() == null
            ? MissingNode.getInstance()
            : ledger
                .element(onboarding, task.waivedWith())
                .map(ElementRecord::value)
                .orElse(MissingNode.getInstance()));
  }

  /** Whether the ledger's {@code by} is somebody of this name. */
  public static boolean isNamed(String by, String name) {
    String known = by.replaceFirst(" \\([^()]*\\)$", "");
    return known.strip().equalsIgnoreCase(name.strip());
  }

  /** Who has to be the second one; empty: any manager but the first one. */
  public String onlyBy() {
    String name = named.path("name").asText("");
    return name.isEmpty() || isNamed(asked.by(), name) ? "" : name;
  }

  /** Whether somebody of this name may be the second one. */
  public boolean mayBeAgreedBy(String name) {
    return onlyBy().isEmpty() ? !isNamed(asked.by(), name) : isNamed(onlyBy(), name);
  }

  /** What is asked, for the task's title. */
  public String title() {
    return "Approve or refuse to do without: " + task.title();
  }

  /** What is asked of the second person. */
  public Outcome.Waiting waiting() {
    String who =
        onlyBy().isEmpty()
            ? "A manager other than that person decides."
            : "It is for "
                + onlyBy()
                + " to decide, whom the element `"
                + task.waivedWith()
                + "` names.";
    return new Outcome.Waiting(
        Party.VENDOR,
        null,
        List.of(),
        asked.by()
            + " asks to do without "
            + task.row()
            + " "
            + task.title()
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
