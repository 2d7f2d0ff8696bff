package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One request, by a caller whose role the route permits.
 *
 * @param remaining the milliseconds until the function is ended
 * @param log writes a line for operators, which must hold no data of people
 */
record ApiCall(
    FunctionContext context, ApiEvent event, Caller caller, int remaining, Consumer<String> log) {
  /** The body of a command holds little more than a reason; in bytes. */
  private static final int LARGEST_COMMAND = 16 * 1024;

  private static final Pattern ONBOARDING = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

  Instant now() {
    return context.clock().instant();
  }

  Actor actor() {
    return caller.actor();
  }

  /**
   * The onboarding that the path names.
   *
   * @throws Refusal 404 if there is none, or if it is not for the caller to know of
   */
  Onboarding onboarding() {
    String id = event.path("onboarding");
    boolean askable = ONBOARDING.matcher(id).matches() && caller.sees(id);
    return (askable ? context.onboardings().find(id) : java.util.Optional.<Onboarding>empty())
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "onboarding.unknown", "onboarding", "There is no such onboarding."));
  }

  /** The onboardings that the caller is bound to; none of one who sees all of them. */
  Stream<Onboarding> own() {
    return caller.only().stream()
        .flatMap(Set::stream)
        .flatMap(id -> context.onboardings().find(id).stream());
  }

  /**
   * The onboarding that the path names, if things may still be changed.
   *
   * @throws Refusal 404 as above, 409 if it has been cancelled or signed off
   */
  Onboarding openOnboarding() {
    return requireOpen(onboarding());
  }

  /** Requires that the onboarding may still be changed. */
  static Onboarding requireOpen(Onboarding onboarding) {
    return switch (onboarding.state()) {
      case CANCELLING, CANCELLED ->
          throw Refusal.of(
                  409, "onboarding.cancelled", "The onboarding was cancelled: nothing changes it.")
              .with("state", onboarding.state());
      case SIGNED_OFF ->
          throw Refusal.of(
                  409,
                  "onboarding.signed-off",
                  "The onboarding was signed off: nothing changes it.")
              .with("state", onboarding.state());
      default -> onboarding;
    };
  }

  /** The onboarding's checklist, with the rows that were added to it. */
  Checklist checklist(Onboarding onboarding) {
    return context.checklist(onboarding);
  }

  /** The onboarding's checklist with these rows. */
  Checklist checklist(Onboarding onboarding, List<AddedRow> rows) {
    return AddedRows.in(
        context.checklists().get(onboarding.checklist(), onboarding.checklistVersion()), rows);
  }

  /** The body's fields, of a command. */
  Fields fields() {
    return new Fields(json(LARGEST_COMMAND));
  }

  /** The body of a request that needs a reason and nothing else. */
  String reason() {
    Fields fields = fields();
    String reason = fields.text("reason", 1000);
    fields.complete();
    return reason;
  }

  JsonNode json(int limit) {
    return JsonBody.read(event, limit);
  }
}
