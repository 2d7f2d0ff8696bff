package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Sight;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dated addendum to a signed report: what one look after go-live found. The report itself stays
 * as it was signed.
 *
 * @param onboarding its id
 * @param name what people call the onboarding
 * @param title of the checklist
 * @param number of the look, from 1
 * @param beganAt when the look began
 * @param endedAt when it ended
 * @param report the SHA-256 of the signed report that this belongs to
 * @param signedAt when that was signed
 * @param broken whether the look took too long and was broken off: rows may be missing
 * @param lines row by row, in the checklist's order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Addendum(
    String onboarding,
    String name,
    String title,
    int number,
    Instant beganAt,
    Instant endedAt,
    String report,
    Instant signedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean broken,
    List<Line> lines) {
  public Addendum {
    lines = lines == null ? List.of() : List.copyOf(lines);
  }

  /** How a row was found, beside what was known of it. */
  public enum Found {
    NO_LONGER_HOLDS,
    /** It does not hold for another reason than was told. */
    DOES_NOT_HOLD_OTHERWISE,
    /** As was told before. */
    STILL_DOES_NOT_HOLD,
    HOLDS_AGAIN,
    HOLDS,
    /** Neither could the look before: told once. */
    NOT_SEEN_EITHER,
    NOT_SEEN,
    NOT_LOOKED_AT;

    /** Whether it is to be told to who leads. */
    public boolean isNews() {
      return switch (this) {
        case NO_LONGER_HOLDS, DOES_NOT_HOLD_OTHERWISE, HOLDS_AGAIN, NOT_SEEN_EITHER -> true;
        case STILL_DOES_NOT_HOLD, HOLDS, NOT_SEEN, NOT_LOOKED_AT -> false;
      };
    }

    /**
     * How a sight is found beside what was known before.
     *
     * @param known null: as it was signed
     * @param unseen how many looks in a row before it could not look
     */
    static Found of(Sight sight, Sight known, int unseen) {
      boolean heldBefore = known == null || known.kind() == Sight.Kind.HOLDS;
      return switch (sight.kind()) {
        case HOLDS -> heldBefore ? HOLDS : HOLDS_AGAIN;
        case DOES_NOT_HOLD ->
            heldBefore
                ? NO_LONGER_HOLDS
                : sight.isLike(known) ? STILL_DOES_NOT_HOLD : DOES_NOT_HOLD_OTHERWISE;
        case NOT_SEEN -> unseen == 1 ? NOT_SEEN_EITHER : NOT_SEEN;
        case NOT_LOOKED_AT -> NOT_LOOKED_AT;
      };
    }
  }

  /**
   * One row, or one instance of it.
   *
   * @param row of the guide, such as V01
   * @param key as people name it: {@code technical-configuration.configure-smtp}
   * @param section the title of its section
   * @param at when it was looked at; null of what was not
   * @param why it was not seen or not looked at, or what should be known besides
   * @param problem why it does not hold
   * @param evidence of the look
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Line(
      String row,
      String key,
      String title,
      String section,
      Found found,
      Instant at,
      String why,
      Problem problem,
      List<Evidence> evidence) {
    public Line {
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }

    Line withoutEvidence() {
      return new Line(row, key, title, section, found, at, why, problem, List.of());
    }
  }

  /** How many rows were found how. */
  public Map<String, Long> counts() {
    Map<Found, Long> counts = new EnumMap<>(Found.class);
    lines.forEach(line -> counts.merge(line.found(), 1L, Long::sum));
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((found, count) -> named.put(found.name(), count));
    return named;
  }

  /** Whether a row is otherwise than was told before. */
  public boolean isNews() {
    return lines.stream().anyMatch(line -> line.found().isNews());
  }

  /** The rows that were found so. */
  public List<Line> of(Found found) {
    return lines.stream().filter(line -> line.found() == found).toList();
  }

  Addendum withoutEvidence() {
    return new Addendum(
        onboarding,
        name,
        title,
        number,
        beganAt,
        endedAt,
        report,
        signedAt,
        broken,
        lines.stream().map(Line::withoutEvidence).toList());
  }
}
