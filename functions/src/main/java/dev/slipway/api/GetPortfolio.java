package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /portfolio}: the onboardings of all customers with how far each is, and on whom it
 * waits. {@code ?state=}, {@code ?cursor=}, {@code ?limit=} as of {@link ListOnboardings}.
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
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(Instant now, List<Line> onboardings, String next) {}

  /**
   * One onboarding.
   *
   * @param failed how many tasks failed and wait to be mended
   * @param overdue how much of the open work is past its date
   * @param blocked how much of it somebody cannot go on with
   * @param waivers how many waivers wait for their second person
   * @param waits on whom it waits, the party with the most to do first
   */
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
      List<Waiting> waits) {
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
          Waiting.of(people));
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
    Optional<Onboarding.State> only = call.event().query("state").map(ListOnboardings::state);
    Optional<ListOnboardings.Place> after =
        call.event().query("cursor").map(cursor -> ListOnboardings.place(cursor, only));
    int limit = Paging.limit(call.event(), 25, 50);
    ListOnboardings.Found found =
        ListOnboardings.found(call.context().onboardings(), only, after, limit);
    List<Line> lines =
        found.onboardings().stream()
            .filter(each -> call.caller().sees(each.id()))
            .map(each -> Line.of(each, Progress.of(call, each)))
            .toList();
    return ApiAnswer.of(200, new Page(call.now(), lines, found.next()));
  }
}
