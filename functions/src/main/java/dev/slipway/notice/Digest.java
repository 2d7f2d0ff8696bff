package dev.slipway.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that one person is told in one mail, across onboardings. */
final class Digest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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

  String text(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("Good day " + person.name() + ",");
    section(lines, "this waits for you:", asked, now);
    section(
        lines,
        "this waits for others and is overdue for long. You are told of each once:",
        escalated,
        now);
    lines.add("");
    lines.add("Nothing is approved by silence: each stays open until it is answered.");
    lines.add("You get one such mail a day at most.");
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, String heading, List<Ask> asks, Instant now) {
    if (asks.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading);
    int number = 0;
    for (Ask ask : asks) {
      number++;
      lines.add("");
      lines.add("%d. %s (%s)".formatted(number, ask.title(), ask.onboarding().name()));
      add(lines, "What to do", ask.waiting().instructions());
      add(lines, "How it is checked", ask.waiting().check());
      add(lines, "Due", due(ask, now));
      if (ask.waiting().problem() != null) {
        add(lines, "Not accepted so far", ask.waiting().problem().message());
        add(lines, "Next step", ask.waiting().problem().nextStep());
      }
      String step = ask.step();
      add(
          lines,
          "Answer with",
          step.isEmpty()
              ? "slipway show " + ask.onboarding().id()
              : "slipway answer %s %s %s --statement \"...\""
                  .formatted(ask.onboarding().id(), ask.key(), step));
    }
  }

  private static String due(Ask ask, Instant now) {
    Instant due = ask.waiting().due();
    return due == null ? null : TIME.format(due) + (ask.isOverdue(now) ? " - OVERDUE" : "");
  }

  private static void add(List<String> lines, String what, String text) {
    if (text != null && !text.isBlank()) {
      lines.add("   " + what + ": " + text.strip());
    }
  }
}
