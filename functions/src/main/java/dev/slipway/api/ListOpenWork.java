package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.OpenWork.Place;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code GET /open-work}: what a party is asked for in all onboardings, the earliest due first.
 * {@code ?party=} {@code VENDOR} (the usual), {@code CUSTOMER}, {@code THIRD_PARTY}, or {@code
 * SECOND_PERSON} for the waivers that wait for their second person; {@code ?cursor=}, {@code
 * ?limit=}.
 */
public final class ListOpenWork extends ApiFunction {
  private static final String SECOND_PERSON = "SECOND_PERSON";

  /** For Lambda. */
  public ListOpenWork() {
    this(FunctionContext.lambda());
  }

  public ListOpenWork(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  /**
   * A page.
   *
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(Instant now, List<Line> work, String next) {}

  /** Open work, with the onboarding that it belongs to. */
  record Line(String onboarding, String name, OpenWorkView work) {}

  /** The last one of a page. */
  record Cursor(String party, Place last) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    String party = party(call.event());
    int limit = Paging.limit(call.event(), 25, 50);
    Place after = call.event().query("cursor").map(cursor -> place(cursor, party)).orElse(null);
    OpenWork all = call.context().openWork();
    List<Place> places =
        party.equals(SECOND_PERSON)
            ? all.waivers(after, limit)
            : all.of(Party.valueOf(party), after, limit);
    Map<String, Optional<Progress>> read = new HashMap<>();
    Set<Line> lines = new LinkedHashSet<>();
    for (Place place : places) {
      if (call.caller().sees(place.onboarding())) {
        read.computeIfAbsent(place.onboarding(), id -> progress(call, id)).stream()
            .flatMap(progress -> lines(progress, place, party))
            .forEach(lines::add);
      }
    }
    return ApiAnswer.of(
        200,
        new Page(
            call.now(),
            List.copyOf(lines),
            places.size() < limit ? null : Paging.cursor(new Cursor(party, places.getLast()))));
  }

  private static Optional<Progress> progress(ApiCall call, String id) {
    Optional<Onboarding> onboarding = call.context().onboardings().find(id);
    return onboarding.map(found -> Progress.of(call, found));
  }

  /** The list lags a moment behind: what is no longer open has no line. */
  private static Stream<Line> lines(Progress progress, Place place, String party) {
    return progress.openWork().stream()
        .filter(work -> work.isOf(place.task()))
        .filter(
            work ->
                party.equals(SECOND_PERSON)
                    ? "WAIVER".equals(work.about())
                    : work.party().name().equals(party))
        .map(work -> new Line(place.onboarding(), progress.onboarding().name(), work));
  }

  private static String party(ApiEvent event) {
    String party = event.query("party").orElse(Party.VENDOR.name());
    List<String> known =
        Stream.concat(
                Arrays.stream(Party.values())
                    .filter(each -> each != Party.MACHINE)
                    .map(Party::name),
                Stream.of(SECOND_PERSON))
            .toList();
    if (!known.contains(party)) {
      throw Refusal.of(400, "query.party", "`party` must be one of " + known + ".").at("party");
    }
    return party;
  }

  private static Place place(String cursor, String party) {
    Cursor read = Paging.place(cursor, Cursor.class);
    Place last = read.last();
    if (!party.equals(read.party())
        || last == null
        || last.onboarding() == null
        || last.task() == null
        || last.dueAt() == null) {
      throw Paging.unknownCursor();
    }
    return last;
  }
}
