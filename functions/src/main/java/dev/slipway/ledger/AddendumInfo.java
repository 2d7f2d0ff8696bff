package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * A dated addendum to a signed report, without its content; {@code SK = ADDENDUM#<number>}.
 *
 * @param number of the look that it tells of
 * @param version counts the writes
 * @param beganAt when the look began
 * @param endedAt when it ended
 * @param counts how many rows were found how
 * @param isNews whether a row is otherwise than was told before
 * @param toldAt when it was told to who leads; null before, and where nothing is new
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddendumInfo(
    int number,
    long version,
    Instant beganAt,
    Instant endedAt,
    Map<String, Long> counts,
    boolean isNews,
    Instant toldAt) {

  /** How the sort keys of addenda begin. */
  static final String PREFIX = "ADDENDUM#";

  /** The number of the addendum with this sort key. */
  static int number(String sort) {
    return Integer.parseInt(sort.substring(PREFIX.length()));
  }

  /** Who leads was told. */
  AddendumInfo told(Instant at) {
    return new AddendumInfo(number, version, beganAt, endedAt, counts, isNews, at);
  }
}
