package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipway.api.Progress.TaskProgress;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /onboardings/{onboarding}/tasks}: the tasks, instance by instance, in the checklist's
 * order. {@code ?task=} only those of one task, or that instance, {@code ?outcome=} only those with
 * one of these outcomes, apart by commas ({@code LATER}: waits for other tasks only), {@code
 * ?party=} only those that wait for it; {@code ?cursor=}, {@code ?limit=}. It reads as much of the
 * ledger as {@link GetOnboarding}: what pages save is what is sent and drawn.
 */
public final class ListTasks extends ApiFunction {
  private static final List<String> OUTCOMES =
      List.of(
          "PLANNED",
          "PENDING",
          "LATER",
          "WAITING",
          "FAILED",
          "DONE",
          "NOT_APPLICABLE",
          "SKIPPED",
          "WAIVED");

  /** For Lambda. */
  public ListTasks() {
    this(FunctionContext.lambda());
  }

  public ListTasks(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * A page.
   *
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(Instant now, List<Line> tasks, String next) {}

  /**
   * One task, or one instance of it.
   *
   * @param openWork what it asks of whom
   */
  record Line(@JsonUnwrapped TaskProgress task, List<OpenWorkView> openWork) {}

  /** The last task of a page. */
  record Cursor(String task) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    int limit = Paging.limit(call.event(), 50, 200);
    Set<String> outcomes = outcomes(call.event());
    Optional<Party> party = call.event().query("party", Party.class);
    Progress progress = Progress.of(call, onboarding);
    Map<String, List<OpenWorkView>> open =
        progress.each().stream().collect(Collectors.groupingBy(OpenWorkView::task));
    List<TaskProgress> all =
        progress.sections().stream().flatMap(section -> section.tasks().stream()).toList();
    Optional<String> only = call.event().query("task");
    if (only.isPresent() && all.stream().noneMatch(task -> task.isOf(only.get()))) {
      throw TaskTarget.unknown();
    }
    List<Line> rest =
        all.stream()
            .skip(call.event().query("cursor").map(cursor -> behind(all, cursor)).orElse(0))
            .filter(task -> only.isEmpty() || task.isOf(only.get()))
            .filter(task -> outcomes.isEmpty() || outcomes.contains(task.state()))
            .map(task -> new Line(task, open.getOrDefault(task.key().toString(), List.of())))
            .filter(line -> party.isEmpty() || waitsFor(line, party.get()))
            .limit(limit + 1L)
            .toList();
    List<Line> page = rest.subList(0, Math.min(limit, rest.size()));
    String next =
        rest.size() > limit
            ? Paging.cursor(new Cursor(page.getLast().task().key().toString()))
            : null;
    return ApiAnswer.of(200, new Page(progress.now(), page, next));
  }

  private static boolean waitsFor(Line line, Party party) {
    return line.openWork().stream().anyMatch(work -> work.party() == party);
  }

  /** How many come up to the last one of the page before, by the list as it is now. */
  private static int behind(List<TaskProgress> all, String cursor) {
    String last = Paging.place(cursor, Cursor.class).task();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().toString().equals(last)) {
        return i + 1;
      }
    }
    throw Paging.unknownCursor();
  }

  private static Set<String> outcomes(ApiEvent event) {
    Set<String> wanted =
        event.query("outcome").stream()
            .flatMap(text -> Stream.of(text.split(",", -1)))
            .collect(Collectors.toSet());
    if (!OUTCOMES.containsAll(wanted)) {
      throw Refusal.of(
              400, "query.outcome", "`outcome` must be some of " + OUTCOMES + ", apart by commas.")
          .at("outcome");
    }
    return wanted;
  }
}
