package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboarding.State;
import dev.slipway.ledger.Onboardings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code GET /onboardings}: state by state, oldest first. {@code ?state=}, {@code ?cursor=} the
 * {@code next} of the page before, {@code ?limit=}. A customer sees the one.
 */
public final class ListOnboardings extends ApiFunction {
  /** For Lambda. */
  public ListOnboardings() {
    this(FunctionContext.lambda());
  }

  public ListOnboardings(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * A page.
   *
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<OnboardingView> onboardings, String next) {}

  /** The last one of a page: its place in the list of a state. */
  record Place(State state, String onboarding, String createdAt) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::state)
            .thenComparing(Place::createdAt)
            .thenComparing(Place::onboarding);

    /** State by state, oldest first. */
    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Optional<State> only = call.event().query("state", State.class);
    Optional<Place> after = call.event().query("cursor").map(cursor -> place(cursor, only));
    int limit = Paging.limit(call.event(), 25, 100);
    if (call.caller().only().isPresent()) {
      return ApiAnswer.of(200, new Page(own(call, only), null));
    }
    return ApiAnswer.of(200, page(call.context().onboardings(), only, after, limit));
  }

  /** The places of all onboardings, by their keys alone. */
  static List<Place> all(Onboardings known) {
    return Arrays.stream(State.values())
        .flatMap(
            state ->
                known.places(state).stream()
                    .map(place -> new Place(state, place.onboarding(), place.createdAt())))
        .sorted()
        .toList();
  }

  private static List<OnboardingView> own(ApiCall call, Optional<State> only) {
    return call.own()
        .filter(onboarding -> only.isEmpty() || onboarding.state() == only.get())
        .map(OnboardingView::of)
        .toList();
  }

  private static Page page(
      Onboardings known, Optional<State> only, Optional<Place> after, int limit) {
    List<State> states =
        only.map(List::of)
            .orElseGet(
                () ->
                    Arrays.stream(State.values())
                        .filter(
                            state -> after.isEmpty() || state.compareTo(after.get().state()) >= 0)
                        .toList());
    List<Place> places = new ArrayList<>();
    for (State state : states) {
      if (places.size() < limit) {
        Onboardings.Place from =
            after
                .filter(place -> place.state() == state)
                .map(place -> new Onboardings.Place(place.onboarding(), place.createdAt()))
                .orElse(null);
        known.in(state, from, limit - places.size()).stream()
            .map(place -> new Place(state, place.onboarding(), place.createdAt()))
            .forEach(places::add);
      }
    }
    List<OnboardingView> onboardings =
        places.stream().flatMap(place -> still(known, place)).map(OnboardingView::of).toList();
    return new Page(onboardings, places.size() < limit ? null : Paging.cursor(places.getLast()));
  }

  /**
   * The list of a state lags a moment behind: an onboarding that has moved on meanwhile is left to
   * the other list.
   */
  static Stream<Onboarding> still(Onboardings onboardings, Place place) {
    return onboardings.find(place.onboarding()).stream()
        .filter(onboarding -> onboarding.state() == place.state());
  }

  static Place place(String cursor, Optional<State> only) {
    Place place = Paging.place(cursor, Place.class);
    boolean whole =
        place.state() != null
            && place.onboarding() != null
            && !place.onboarding().isEmpty()
            && place.createdAt() != null
            && !place.createdAt().isEmpty();
    if (!whole || (only.isPresent() && only.get() != place.state())) {
      throw Paging.unknownCursor();
    }
    return place;
  }
}
