package dev.slipway.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.report.Titles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An open request to people: to do a task, or to mend a problem.
 *
 * @param title the task's and the step's, for people
 * @param titles of the checklist
 * @param outcome the open one
 * @param told whom it is told to
 * @param escalatedTo whom it is told to when it is overdue for too long
 * @param topic what it is about
 * @param named which one of the topic; empty of a task
 * @param blocked who cannot go on with it: those are not told, those who lead are
 */
record Ask(
    Onboarding onboarding,
    TaskKey key,
    String title,
    Titles titles,
    Outcome outcome,
    List<Person> told,
    List<Person> escalatedTo,
    Topic topic,
    String named,
    List<Blocked> blocked) {
  /** The kind of request. */
  enum Topic {
    /** To do a task, or to mend its problem. */
    TASK,
    /** To agree to a waiver as the second person. */
    WAIVER
  }

  private static final Duration SOON = Duration.ofDays(1);

  /** Of a task that waits or failed. */
  Ask(
      Onboarding onboarding,
      TaskKey key,
      String title,
      Titles titles,
      Outcome outcome,
      List<Person> told,
      List<Person> escalatedTo) {
    this(onboarding, key, title, titles, outcome, told, escalatedTo, Topic.TASK, "", List.of());
  }

  Ask {
    if (outcome.isFinal()) {
      throw new IllegalArgumentException("nobody is asked for what is final");
    }
  }

  /**
   * Names it in keys: a step that is asked again because its answer was not accepted is another
   * ask, and so is a failure with another problem, and what a gate asks of another party. One that
   * is only tried again is not.
   */
  String id() {
    String about =
        switch (outcome) {
          case Outcome.Failed failed ->
              String.join(
                  "/",
                  failed.problem().code(),
                  String.valueOf(failed.problem().field()),
                  String.valueOf(failed.since()));
          default ->
              topic != Topic.TASK
                  ? topic + " " + named
                  : party() + "/" + (problem() == null ? "" : problem().message());
        };
    return String.join(
        "/",
        onboarding.id(),
        key.toString(),
        step(),
        Json.hash(JsonNodeFactory.instance.textNode(about)).substring(0, 16));
  }

  /** The same, told to these, while others are blocked. */
  Ask to(List<Person> people, List<Blocked> cannotGoOn) {
    return new Ask(
        onboarding, key, title, titles, outcome, people, escalatedTo, topic, named, cannotGoOn);
  }

  /** The title, with the instance of the task. */
  String name() {
    return topic == Topic.TASK ? TaskKey.named(title, key.instance()) : title;
  }

  boolean isFailure() {
    return outcome instanceof Outcome.Failed;
  }

  /** The party that has to do it, or can mend it. */
  Party party() {
    return outcome.party() == null ? Party.MACHINE : outcome.party();
  }

  /** The step that is asked for; empty where none is. */
  String step() {
    return outcome instanceof Outcome.Waiting waiting && waiting.step() != null
        ? waiting.step()
        : "";
  }

  /** The instructions; of a failure, how to mend it. */
  String instructions() {
    return outcome instanceof Outcome.Waiting waiting
        ? waiting.instructions()
        : problem().nextStep();
  }

  /** How it is checked; null where nothing is said. */
  String check() {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.check();
      default -> "The task is tried again.";
    };
  }

  /** The problem; null on a first ask. */
  Problem problem() {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.problem();
      case Outcome.Failed failed -> failed.problem();
      default -> null;
    };
  }

  /** When it should be done; null without a date. */
  Instant due() {
    return outcome.due();
  }

  /** When a machine tries again by itself; null: when asked to. */
  Instant triedAgainAt() {
    return outcome instanceof Outcome.Failed failed ? failed.retryAt() : null;
  }

  boolean isOverdue(Instant now) {
    return due() != null && due().isBefore(now);
  }

  boolean isDueSoon(Instant now) {
    return due() != null && !isOverdue(now) && due().isBefore(now.plus(SOON));
  }

  /** The times at which its stage changes: due soon, overdue, escalated. */
  List<Instant> turningPoints(Duration patience) {
    Instant due = due();
    return due == null ? List.of() : List.of(due.minus(SOON), due, due.plus(patience));
  }

  /** Whether it is overdue for longer than the policy lets pass. */
  boolean isEscalated(Instant now, Duration patience) {
    return due() != null && due().plus(patience).isBefore(now);
  }
}
