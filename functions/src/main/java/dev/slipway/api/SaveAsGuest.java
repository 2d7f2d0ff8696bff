package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code PUT /guests/{onboarding}/{grant}/value}: a guest gives the element. Where that changes
 * what is final, it is saved only for a guest who names the effect that was seen; which rows these
 * are is not for a guest to know, how many are.
 */
public final class SaveAsGuest extends ApiFunction {
  private final SaveElement route;

  /** For Lambda. */
  public SaveAsGuest() {
    this(FunctionContext.lambda());
  }

  public SaveAsGuest(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  SaveAsGuest(FunctionContext context, ElementChecks checks) {
    super(context, Admission.ofGuests());
    this.route = new SaveElement(context, checks);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    Map<String, String> path =
        Map.of("element", GuestGate.Guest.only(guest.grant().about().element()));
    try {
      save(guest, path);
    } catch (Refusal refusal) {
      throw switch (refusal.code()) {
        // By whom is not for a guest to know.
        case "element.changed" ->
            Refusal.of(
                    412,
                    "element.changed",
                    "Another person gave it meanwhile: load the page again to see the value.")
                .at("If-Match");
        case "effect.not-seen" -> toBeSeen(refusal);
        default -> refusal;
      };
    }
    return ApiAnswer.of(200, new GuestThanks(call.now()));
  }

  private void save(GuestGate.Guest guest, Map<String, String> path) {
    try {
      route.answer(guest.as(path));
    } catch (Refusal refusal) {
      if (!refusal.code().equals("effect.stale")) {
        throw refusal;
      }
      // The effect is another one than the guest was told: the guest is told the new one.
      route.answer(guest.without("effect-hash", path));
    }
  }

  private static Refusal toBeSeen(Refusal refusal) {
    List<String> effects = refusal.member("effect").findValuesAsText("effect");
    List<String> changes =
        Stream.of(
                told(effects, List.of("INVALID"), "done again"),
                told(effects, List.of("NEW"), "to be done now"),
                told(
                    effects,
                    List.of("NOT_APPLICABLE", "NOT_CHOSEN", "GONE"),
                    "not needed any more"),
                refusal.member("missing").isEmpty() ? "" : "more is asked for")
            .filter(words -> !words.isEmpty())
            .toList();
    return Refusal.of(
            428,
            "effect.not-seen",
            "Work rests on the value that is in use. With yours, "
                + String.join("; ", changes)
                + ". Save it all the same, or ask whoever let you in.")
        .at("Effect-Hash")
        .with("currentHash", refusal.member("currentHash").asText());
  }

  private static String told(List<String> effects, List<String> kinds, String words) {
    long count = effects.stream().filter(kinds::contains).count();
    return count == 0 ? "" : count + (count == 1 ? " row is " : " rows are ") + words;
  }
}
