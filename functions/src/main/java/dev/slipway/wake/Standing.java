package dev.slipway.wake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The onboardings and elements that tasks are looked at with, each read once for several tasks:
 * those that were read, or told by the stream, before it was made. For later ones it is too old: it
 * would take a newer run's token for one that nobody waits for.
 */
final class Standing {
  private final Onboardings onboardings;
  private final Elements elements;
  private final Map<String, Optional<Onboarding>> found = new HashMap<>();
  private final Map<String, ObjectNode> values = new HashMap<>();

  Standing(Onboardings onboardings, Elements elements) {
    this.onboardings = onboardings;
    this.elements = elements;
  }

  /** Another one, for tasks that are read now. */
  Standing anew() {
    return new Standing(onboardings, elements);
  }

  Optional<Onboarding> onboarding(String id) {
    return found.computeIfAbsent(id, onboardings::find);
  }

  /** The values of its elements. */
  ObjectNode values(String id) {
    return values.computeIfAbsent(id, elements::values);
  }
}
