package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Event;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /onboardings/{onboarding}/events}: the audit trail, oldest first. {@code ?order=desc}:
 * newest first, {@code ?after=} the id of the event behind which the page begins, {@code ?limit=},
 * {@code ?task=} only those of a task.
 */
public final class ListEvents extends ApiFunction {
  private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

  /** How many pages of the ledger are looked through for one task's events. */
  private static final int MOST_PAGES = 20;

  private static final int PAGE = 200;

  /** For Lambda. */
  public ListEvents() {
    this(FunctionContext.lambda());
  }

  public ListEvents(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * A page.
   *
   * @param titles of the tasks, elements and credentials that the events are about, by subject
   * @param next the {@code after} of the next page; null when this is the last one for now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Event> events, Map<String, String> titles, String next) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    int limit = Paging.limit(call.event(), 100, PAGE);
    boolean newestFirst = newestFirst(call.event());
    Optional<String> task = call.event().query("task");
    List<Event> events = new ArrayList<>();
    String from = after(call.event());
    boolean isMore = true;
    for (int page = 1; isMore && events.size() < limit && page <= MOST_PAGES; page++) {
      int wanted = task.isPresent() ? PAGE : limit;
      List<Event> read =
          page(call.context().auditTrail(), onboarding.id(), from, wanted, newestFirst);
      isMore = read.size() == wanted;
      for (Event event : read) {
        if (events.size() == limit) {
          isMore = true;
          break;
        }
        from = event.id();
        if (task.isEmpty() || isAbout(event, task.get())) {
          events.add(event);
        }
      }
    }
    return ApiAnswer.of(
        200, new Page(events, titles(call.checklist(onboarding), events), isMore ? from : null));
  }

  private static List<Event> page(
      AuditTrail trail, String onboarding, String from, int limit, boolean newestFirst) {
    return newestFirst
        ? trail.latest(onboarding, from, limit)
        : trail.events(onboarding, from, limit);
  }

  /** Of a task without its instance, the events of all of them. */
  private static boolean isAbout(Event event, String task) {
    return event.subject() != null
        && (event.subject().equals(task) || event.subject().startsWith(task + "@"));
  }

  private static Map<String, String> titles(Checklist checklist, List<Event> events) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (Event event : events) {
      if (event.subject() != null) {
        TaskKey key = TaskKey.parse(event.subject());
        title(checklist, key.task())
            .map(title -> key.instance().isEmpty() ? title : title + " (" + key.instance() + ")")
            .ifPresent(title -> titles.put(event.subject(), title));
      }
    }
    return titles;
  }

  private static Optional<String> title(Checklist checklist, String subject) {
    return checklist
        .task(subject)
        .map(task -> task.title())
        .or(() -> checklist.element(subject).map(element -> element.title()))
        .or(() -> checklist.credential(subject).map(credential -> credential.title()))
        .or(
            () ->
                checklist.sections().stream()
                    .filter(
                        section ->
                            List.of(section.id(), section.gate(), section.resume())
                                .contains(subject))
                    .map(Checklist.Section::title)
                    .findFirst());
  }

  private static boolean newestFirst(ApiEvent event) {
    String order = event.query("order").orElse("asc");
    if (!List.of("asc", "desc").contains(order)) {
      throw Refusal.of(400, "query.order", "`order` must be asc or desc.").at("order");
    }
    return order.equals("desc");
  }

  private static String after(ApiEvent event) {
    String id = event.query("after").orElse(null);
    if (id != null && !ID.matcher(id).matches()) {
      throw Refusal.of(400, "query.after", "`after` must be the id of an event.").at("after");
    }
    return id;
  }
}
