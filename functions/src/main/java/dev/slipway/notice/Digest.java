package dev.slipway.notice;

import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that one person is told in one mail, across onboardings. */
final class Digest {
  private final Person person;
  private final List<Ask> asked = new ArrayList<>();
  private final List<Ask> escalated = new ArrayList<>();

  Digest(Person person) {
    this.person = person;
  }

  Person person() {
    return person;
  }

  /** What waits for this person. */
  List<Ask> asked() {
    return asked;
  }

  /** What waits for others for too long. */
  List<Ask> escalated() {
    return escalated;
  }

  List<Ask> all() {
    List<Ask> all = new ArrayList<>(asked);
    all.addAll(escalated);
    return all;
  }

  /** Onboarding by onboarding, in each what is due first; without a date comes last. */
  static Map<Onboarding, List<Ask>> byOnboarding(List<Ask> asks) {
    return asks.stream()
        .sorted(
            Comparator.comparing(
                Ask::due, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
        .collect(Collectors.groupingBy(Ask::onboarding, LinkedHashMap::new, Collectors.toList()));
  }

  String subject(Instant now) {
    long overdue = asked.stream().filter(ask -> ask.isOverdue(now)).count();
    List<String> parts = new ArrayList<>();
    if (!asked.isEmpty()) {
      parts.add(
          asked.size()
              + (asked.size() == 1 ? " thing waits" : " things wait")
              + " for you"
              + (overdue == 0 ? "" : ", " + overdue + " overdue"));
    }
    if (!escalated.isEmpty()) {
      parts.add(escalated.size() + " overdue elsewhere");
    }
    return "Slipway: " + String.join("; ", parts);
  }
}
