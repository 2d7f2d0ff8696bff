package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.NoticeData;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.OpenWaiver;
import dev.slipway.report.Titles;
import dev.slipway.systems.smtp.SmtpMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what waits for people, page by page: in the onboardings that run the tasks, party by party,
 * and in all that have not ended the waivers that wait for a second person.
 */
final class OpenAsks {
  private static final int PAGE = 100;

  /** How long a failure that is tried again by itself lasts before anybody is told. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final Decisions decisions;
  private final Elements elements;
  private final Onboardings onboardings;
  private final OpenWork openWork;
  private final InstantSource clock;
  private final Checklists checklists;
  private final Isolation isolation;
  private final Map<String, Optional<Place>> known = new HashMap<>();

  OpenAsks(
      Decisions decisions,
      Elements elements,
      Onboardings onboardings,
      OpenWork openWork,
      InstantSource clock,
      Checklists checklists,
      Isolation isolation) {
    this.decisions = decisions;
    this.elements = elements;
    this.onboardings = onboardings;
    this.openWork = openWork;
    this.clock = clock;
    this.checklists = checklists;
    this.isolation = isolation;
  }

  /** An onboarding that has not ended, with the data for its asks. */
  private record Place(
      Onboarding onboarding,
      Checklist checklist,
      Titles titles,
      JsonNode contacts,
      Map<TaskKey, TaskRecord> tasks,
      List<Delegation> delegations,
      List<Blocked> blocked) {

    TaskRecord task(TaskKey key) {
      return Optional.ofNullable(tasks.get(key)).orElseGet(() -> TaskRecord.untouched(key));
    }

    Optional<Delegation> delegation(Ask ask) {
      return delegations.stream()
          .filter(each -> each.key().equals(ask.key()) && each.step().equals(ask.step()))
          .findFirst();
    }

    List<Blocked> blocked(Ask ask) {
      return blocked.stream().filter(each -> each.isOf(ask.key(), ask.step())).toList();
    }

    List<Person> managers() {
      return Person.whoLead(contacts);
    }

    boolean isUnderWay() {
      return switch (onboarding.state()) {
        // Added rows wait for people also after the run went past every task.
        case STARTING, RUNNING, COMPLETED -> true;
        default -> false;
      };
    }
  }

  /** All of them, those of the customers first; of a gate what it asks of each party. */
  List<Ask> all() {
    List<Ask> asks = new ArrayList<>();
    for (Party party : List.of(Party.CUSTOMER, Party.VENDOR, Party.THIRD_PARTY)) {
      allPages(
          after -> openWork.of(party, after, PAGE),
          each -> isolation.run(each.onboarding(), () -> asks.addAll(asks(each, party))));
    }
    allPages(
        after -> openWork.waivers(after, PAGE),
        each -> isolation.run(each.onboarding(), () -> waiver(each).ifPresent(asks::add)));
    return asks;
  }

  /**
   * @param pageAfter the page after a place; the first one after null
   */
  private static void allPages(
      Function<OpenWork.Place, List<OpenWork.Place>> pageAfter, Consumer<OpenWork.Place> each) {
    List<OpenWork.Place> page = List.of();
    do {
      page = pageAfter.apply(page.isEmpty() ? null : page.getLast());
      page.forEach(each);
    } while (page.size() == PAGE);
  }

  /** A waiver can be asked for, and agreed to, before the start as well. */
  private Optional<Ask> waiver(OpenWork.Place open) {
    Optional<Place> place = known.computeIfAbsent(open.onboarding(), this::place);
    Optional<Decision> asked =
        decisions.find(open.onboarding(), open.task()).filter(Decision::isOpen);
    if (place.isEmpty() || asked.isEmpty() || place.get().task(open.task()).isSettledFinally()) {
      return Optional.empty();
    }
    return place
        .get()
        .checklist()
        .row(open.task().task())
        .map(
            task ->
                OpenWaiver.of(
                    () ->
                        new Instances(place.get().checklist(), elements.values(open.onboarding())),
                    task,
                    asked.get()))
        .map(waiver -> ask(place.get(), waiver));
  }

  private static Ask ask(Place place, OpenWaiver waiver) {
    List<Person> managers = place.managers();
    List<Person> may =
        managers.stream().filter(person -> waiver.mayBeAgreedBy(person.identity())).toList();
    // Whom the intake names is told there, if nowhere else.
    Person named =
        new Person(
            waiver.named().path("name").asText(), waiver.named().path("channel").asText().strip());
    if (may.isEmpty()
        && SmtpMessage.isAddress(named.email())
        && waiver.mayBeAgreedBy(named.identity())) {
      may = List.of(named);
    }
    return new Ask(
        place.onboarding(),
        waiver.asked().key(),
        waiver.title(),
        place.titles(),
        waiver.waiting(),
        may,
        managers,
        Ask.Topic.WAIVER,
        Long.toString(waiver.asked().version()),
        List.of());
  }

  /** The index lags a moment behind: the task itself counts. */
  private List<Ask> asks(OpenWork.Place open, Party party) {
    Optional<Place> place =
        known.computeIfAbsent(open.onboarding(), this::place).filter(Place::isUnderWay);
    if (place.isEmpty()) {
      return List.of();
    }
    TaskRecord task = place.get().task(open.task());
    boolean answered = task.requestedGeneration() > task.handledGeneration();
    if (answered || task.outcome() == null || !OpenWork.isOf(party, task.outcome())) {
      return List.of();
    }
    return task.outcome().openWork().stream()
        .filter(work -> !mayPassByItself(work))
        .map(work -> ask(place.get(), task.key(), work))
        .filter(ask -> ask.party() != Party.MACHINE)
        .toList();
  }

  private static Ask ask(Place place, TaskKey key, Outcome work) {
    List<Person> managers = place.managers();
    Ask ask =
        new Ask(
            place.onboarding(),
            key,
            title(place.checklist(), key.task(), work),
            place.titles(),
            work,
            List.of(),
            managers);
    List<Blocked> blocked = place.blocked(ask);
    // Who has said that they cannot go on is not told again and again what they cannot do.
    List<Person> reminded =
        told(ask, place, managers).stream()
            .filter(
                person ->
                    blocked.stream().noneMatch(each -> person.identity().isSameAs(each.identity())))
            .toList();
    return ask.to(reminded, blocked);
  }

  /** A problem that a machine retries may pass within the hour: no person is told of it at once. */
  private boolean mayPassByItself(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.retryAt() != null
        && failed.since() != null
        && failed.since().plus(GRACE).isAfter(clock.instant());
  }

  /** The colleague it was handed to; else the party's; where nobody is named, those who lead. */
  private static List<Person> told(Ask ask, Place place, List<Person> managers) {
    Optional<Delegation> delegation = place.delegation(ask);
    if (delegation.isPresent()) {
      return List.of(new Person(delegation.get().name(), delegation.get().email()));
    }
    List<Person> group = Person.group(place.contacts(), group(ask.party()));
    return group.isEmpty() ? managers : group;
  }

  private Optional<Place> place(String id) {
    return onboardings.overview(id, onboarding -> !onboarding.hasEnded()).map(this::place);
  }

  private Place place(NoticeData seen) {
    Onboarding onboarding = seen.onboarding();
    Checklist checklist =
        AddedRows.in(
            checklists.get(onboarding.checklist(), onboarding.checklistVersion()), seen.rows());
    return new Place(
        onboarding,
        checklist,
        Titles.of(checklist),
        seen.contacts().map(ElementRecord::value).orElse(MissingNode.getInstance()),
        seen.tasks().stream().collect(Collectors.toMap(TaskRecord::key, Function.identity())),
        seen.delegations(),
        seen.blocked());
  }

  /** A third party is spoken to by the customer, who chose it. */
  private static String group(Party party) {
    return switch (party) {
      case VENDOR -> "vendor";
      case CUSTOMER, THIRD_PARTY, MACHINE -> "customer";
    };
  }

  private static String title(Checklist checklist, String id, Outcome work) {
    String step =
        work instanceof Outcome.Waiting waiting && waiting.step() != null ? waiting.step() : "";
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
        .filter(each -> each.id().equals(step))
        .map(Step::title)
        .findFirst()
        .map(each -> title + ": " + each)
        .orElse(title);
  }
}
