package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what waits for people in the onboardings that run, party by party, page by page. */
final class OpenAsks {
  private static final int PAGE = 100;

  /** The element with the names and addresses of those who are told. */
  private static final String CONTACTS = "contacts";

  private final Ledger ledger;
  private final Checklists checklists;
  private final Map<String, Optional<Place>> known = new HashMap<>();

  OpenAsks(Ledger ledger, Checklists checklists) {
    this.ledger = ledger;
    this.checklists = checklists;
  }

  /** What is known of an onboarding that runs. */
  private record Place(Onboarding onboarding, Checklist checklist, JsonNode contacts) {}

  /** All of them, those of the customers first, the earliest due first. */
  List<Ask> all() {
    List<Ask> asks = new ArrayList<>();
    for (Party party : List.of(Party.CUSTOMER, Party.VENDOR, Party.THIRD_PARTY)) {
      List<Ledger.OpenPlace> page = List.of();
      do {
        page = ledger.openWork(party, page.isEmpty() ? null : page.getLast(), PAGE);
        page.forEach(each -> ask(each, party).ifPresent(asks::add));
      } while (page.size() == PAGE);
    }
    return asks;
  }

  /** The index lags a moment behind: what counts is the task itself. */
  private Optional<Ask> ask(Ledger.OpenPlace open, Party party) {
    Optional<Place> place = known.computeIfAbsent(open.onboarding(), this::place);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    TaskRecord task = ledger.task(open.onboarding(), open.task());
    boolean answered = task.requestedGeneration() > task.handledGeneration();
    if (answered
        || !(task.outcome() instanceof Outcome.Waiting waiting)
        || waiting.party() != party) {
      return Optional.empty();
    }
    Optional<Delegation> delegation =
        ledger.delegation(
            open.onboarding(), task.key(), waiting.step() == null ? "" : waiting.step());
    List<Person> told =
        delegation
            .map(to -> List.of(new Person(to.name(), to.email())))
            .orElseGet(() -> Person.group(place.get().contacts(), group(party)));
    return Optional.of(
        new Ask(
            place.get().onboarding(),
            task.key(),
            title(place.get().checklist(), task, waiting),
            waiting,
            told,
            Person.group(place.get().contacts(), "escalation")));
  }

  private Optional<Place> place(String id) {
    return ledger
        .onboarding(id)
        .filter(
            onboarding ->
                onboarding.state() == Onboarding.State.RUNNING
                    || onboarding.state() == Onboarding.State.STARTING
                    // Added rows wait for people also after the run went past every task.
                    || onboarding.state() == Onboarding.State.COMPLETED)
        .map(
            onboarding ->
                new Place(
                    onboarding,
                    AddedRows.in(
                        checklists.get(onboarding.checklist(), onboarding.checklistVersion()),
                        ledger.rows(id)),
                    ledger
                        .element(id, CONTACTS)
                        .map(ElementRecord::value)
                        .orElse(MissingNode.getInstance())));
  }

  /** A third party is spoken to by the customer, who chose it. */
  private static String group(Party party) {
    return switch (party) {
      case VENDOR -> "vendor";
      case CUSTOMER, THIRD_PARTY, MACHINE -> "customer";
    };
  }

  private static String title(Checklist checklist, TaskRecord record, Outcome.Waiting waiting) {
    String id = record.key().task();
    Optional<Task> task = checklist.task(id);
    String title =
        task.map(Task::title)
            .or(
                () ->
                    checklist
                        .section(id.substring(0, id.indexOf('.')))
                        .map(Checklist.Section::title))
            .orElse(id);
    return task.stream()
        .flatMap(row -> row.steps().stream())
        .filter(step -> step.id().equals(waiting.step()))
        .map(Step::title)
        .findFirst()
        .map(step -> title + ": " + step)
        .orElse(title);
  }
}
