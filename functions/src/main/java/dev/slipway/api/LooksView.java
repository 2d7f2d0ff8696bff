package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.AddendumInfo;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The looks after go-live, as callers see them.
 *
 * @param everyDays 0: it is not looked at again
 * @param setBy who chose that; null while nobody has
 * @param nextAt when the next look begins; null: none does
 * @param underWaySince when the look began that is under way; null: none is
 * @param until when the data is erased, and no look is possible any more
 * @param addenda the newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LooksView(
    Instant now,
    int everyDays,
    String setBy,
    Instant setAt,
    Instant nextAt,
    Instant underWaySince,
    Instant until,
    List<Line> addenda) {

  /**
   * An addendum.
   *
   * @param counts how many rows were found how
   * @param news whether a row was otherwise than was told before
   */
  record Line(
      int number, Instant beganAt, Instant endedAt, Map<String, Long> counts, boolean news) {
    static Line of(AddendumInfo info) {
      return new Line(info.number(), info.beganAt(), info.endedAt(), info.counts(), info.isNews());
    }
  }

  /**
   * @param schedule null: nobody has chosen yet
   */
  static LooksView of(ApiCall call, Onboarding onboarding, LookSchedule schedule) {
    return new LooksView(
        call.now(),
        schedule == null ? 0 : schedule.everyDays(),
        schedule == null ? null : schedule.setBy(),
        schedule == null ? null : schedule.setAt(),
        schedule == null ? null : schedule.nextAt(),
        schedule == null || !schedule.isUnderWay() ? null : schedule.beganAt(),
        onboarding.isToBeErased() ? onboarding.eraseAt() : null,
        call.context().looks().addenda(onboarding.id()).reversed().stream().map(Line::of).toList());
  }
}
