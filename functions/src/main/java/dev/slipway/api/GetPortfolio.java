package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Party;
import dev.slipway.report.ExpectedEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /portfolio}: the onboardings of all customers with how far each is, and on whom it
 * waits. {@code ?show=} only those of a {@link PortfolioFilter}; {@code ?state=}, {@code ?cursor=},
 * {@code ?limit=} as of {@link ListOnboardings}. It reads the keys of all onboardings and of all
 * open work, for the counts, and of the page each onboarding whole.
 */
public final class GetPortfolio extends ApiFunction {
  /** For Lambda. */
  public GetPortfolio() {
    this(FunctionContext.lambda());
  }

  public GetPortfolio(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  /**
   * A page.
   *
   * @param counts how many onboardings there are ({@code ALL}) and how many each filter shows,
   *     whatever was asked for
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(Instant now, Map<String, Integer> counts, List<Line> onboardings, String next) {}

  /**
   * One onboarding.
   *
   * @param failed how many tasks failed and wait to be mended
   * @param overdue how much of the open work is past its date
   * @param blocked how many of these asks a person has said to be blocked at
   * @param waivers how many waivers wait for their second person
   * @param waits on whom it waits, the party with the most to do first
   * @param expected when its last row can be final, without the path; null: nothing is open
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String id,
      String name,
      String checklist,
      Onboarding.State state,
      Instant createdAt,
      Progress.Counts progress,
      int failed,
      int overdue,
      int blocked,
      int waivers,
      List<Waiting> waits,
      Expected expected) {
    static Line of(Onboarding onboarding, Progress progress) {
      List<OpenWorkView> people =
          progress.openWork().stream().filter(work -> work.party() != Party.MACHINE).toList();
      return new Line(
          onboarding.id(),
          onboarding.name(),
          onboarding.checklist(),
          onboarding.state(),
          onboarding.createdAt(),
          progress.progress(),
          (int) people.stream().filter(work -> work.outcome().equals("FAILED")).count(),
          (int) people.stream().filter(OpenWorkView::overdue).count(),
          (int) people.stream().filter(work -> work.blocked() != null).count(),
          (int) people.stream().filter(work -> "WAIVER".equals(work.about())).count(),
          Waiting.of(people),
          Expected.of(progress.expected()));
    }
  }

  /** The expected end as {@link ExpectedEnd} has it. */
  record Expected(Instant end, List<String> restsOn, Map<Party, Long> seconds) {
    static Expected of(ExpectedEnd expected) {
      return expected == null
          ? null
          : new Expected(expected.end(), expected.restsOn(), expected.seconds());
    }
  }

  /**
   * A party that is waited for.
   *
   * @param count how much it is asked for
   * @param since the longest time; null: nothing has been asked yet
   * @param due the next date; null without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Waiting(Party party, int count, Instant since, Instant due, int overdue) {
    static List<Waiting> of(List<OpenWorkView> people) {
      List<Waiting> waits = new ArrayList<>();
      for (Party party : Party.values()) {
        List<OpenWorkView> its =
            people.stream().filter(work -> work.party() == party && !work.underWay()).toList();
        if (!its.isEmpty()) {
          waits.add(
              new Waiting(
                  party,
                  its.size(),
                  OpenWorkView.earliest(its, OpenWorkView::since),
                  OpenWorkView.earliest(its, OpenWorkView::due),
                  (int) its.stream().filter(OpenWorkView::overdue).count()));
        }
      }
      waits.sort(Comparator.comparingInt(Waiting::count).reversed());
      return waits;
    }
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Optional<Onboarding.State> only = call.event().query("state", Onboarding.State.class);
    Optional<PortfolioFilter> show = call.event().query("show", PortfolioFilter.class);
    Optional<ListOnboardings.Place> after =
        call.event().query("cursor").map(cursor -> ListOnboardings.place(cursor, only));
    int limit = Paging.limit(call.event(), 25, 50);
    Onboardings known = call.context().onboardings();
    List<ListOnboardings.Place> all =
        ListOnboardings.all(known).stream()
            .filter(place -> call.caller().sees(place.onboarding()))
            .toList();
    Map<PortfolioFilter, Set<String>> found =
        PortfolioFilter.onboardings(call.context().openWork(), call.now());
    List<ListOnboardings.Place> rest =
        all.stream()
            .filter(place -> only.isEmpty() || place.state() == only.get())
            .filter(place -> show.isEmpty() || isShown(place, found.get(show.get())))
            .filter(place -> after.isEmpty() || place.compareTo(after.get()) > 0)
            .limit(limit + 1L)
            .toList();
    List<ListOnboardings.Place> page = rest.subList(0, Math.min(limit, rest.size()));
    List<Line> lines =
        page.stream()
            .flatMap(place -> ListOnboardings.still(known, place))
            .map(each -> Line.of(each, Progress.withExpectedEnd(call, each)))
            .toList();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("ALL", all.size());
    found.forEach(
        (filter, ids) ->
            counts.put(
                filter.name(), (int) all.stream().filter(place -> isShown(place, ids)).count()));
    String next = rest.size() > limit ? Paging.cursor(page.getLast()) : null;
    return ApiAnswer.of(200, new Page(call.now(), counts, lines, next));
  }

  /** What has ended asks for nothing any more, whatever was open then. */
  private static boolean isShown(ListOnboardings.Place place, Set<String> found) {
    return found.contains(place.onboarding()) && !place.state().hasEnded();
  }
}
