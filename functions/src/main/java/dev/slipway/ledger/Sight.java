package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a look after go-live found of one row.
 *
 * @param at when
 * @param why it could not be, or was not, looked at; with what holds, what should be known besides;
 *     null where there is nothing to say
 * @param problem why it does not hold any more; null otherwise
 * @param evidence of the look
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Sight(Kind kind, Instant at, String why, Problem problem, List<Evidence> evidence) {
  /** Why nobody looks at what was not done when the report was signed. */
  public static final String LEFT_OPEN = "It was still open at the sign-off.";

  public Sight {
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
  }

  /** The kind of what was found. */
  public enum Kind {
    HOLDS,
    DOES_NOT_HOLD,
    /**
     * A machine tried, and the other side gave no usable answer: that says nothing about the row.
     */
    NOT_SEEN,
    /** No machine can look, or there is nothing to look at. */
    NOT_LOOKED_AT
  }

  /** It holds, as this evidence shows. */
  public static Sight holds(Instant at, String why, List<Evidence> evidence) {
    return new Sight(Kind.HOLDS, at, why, null, evidence);
  }

  /** It does not hold any more. */
  public static Sight doesNotHold(Instant at, Problem problem, List<Evidence> evidence) {
    return new Sight(Kind.DOES_NOT_HOLD, at, null, problem, evidence);
  }

  /** It could not be looked at. */
  public static Sight notSeen(Instant at, String why, List<Evidence> evidence) {
    return new Sight(Kind.NOT_SEEN, at, why, null, evidence);
  }

  /** It was not looked at. */
  public static Sight notLookedAt(Instant at, String why) {
    return new Sight(Kind.NOT_LOOKED_AT, at, why, null, List.of());
  }

  /** Whether it says something about the row. */
  public boolean isDefinite() {
    return kind == Kind.HOLDS || kind == Kind.DOES_NOT_HOLD;
  }

  /** Whether both say the same: a message may tell a time or a count, and is not compared. */
  public boolean isLike(Sight other) {
    return kind == other.kind
        && (problem == null
            ? other.problem == null
            : other.problem != null
                && problem.code().equals(other.problem.code())
                && Objects.equals(problem.system(), other.problem.system())
                && Objects.equals(problem.field(), other.problem.field()));
  }
}
