package dev.slipway.report;

import dev.slipway.ledger.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The longest path through pieces of work that come after each other: the one that says when all of
 * them can be done.
 *
 * <pre>{@code
 * new LongestPath(List.of(first, second), now).legs();   // those that take time, in their order
 * }</pre>
 */
final class LongestPath {
  private final Instant now;
  private final Map<String, Piece> pieces = new LinkedHashMap<>();
  private final Map<String, Instant> ends = new HashMap<>();

  /**
   * The longest path from now on.
   *
   * @param now when what comes after nothing begins
   */
  LongestPath(Collection<Piece> pieces, Instant now) {
    this.now = now;
    pieces.forEach(piece -> this.pieces.put(piece.id(), piece));
  }

  /**
   * One piece of work.
   *
   * @param id unique
   * @param after the ids of those that come first; one that is not among the pieces is over
   * @param about who is waited for and for what; null of a piece that only joins others
   * @param takes how long it takes once it can begin
   * @param due the time that it has been given already, which counts instead; null: none
   */
  record Piece(String id, List<String> after, About about, Duration takes, Instant due) {
    Piece {
      after = List.copyOf(after);
    }

    /** Takes no time: ends with the last of those before it. */
    static Piece join(String id, List<String> after) {
      return new Piece(id, after, null, Duration.ZERO, null);
    }
  }

  /** What a piece of work is about; as in {@link ExpectedEnd.Leg}. */
  record About(String task, String row, String title, String stepTitle, Party party) {}

  /** When all pieces can be done; now, if there is none. */
  Instant end() {
    return last().map(this::end).orElse(now);
  }

  /** The pieces of the path that take time, or are overdue; the first one first. */
  List<ExpectedEnd.Leg> legs() {
    Deque<ExpectedEnd.Leg> legs = new ArrayDeque<>();
    for (Optional<Piece> at = last(); at.isPresent(); at = before(at.get())) {
      Piece piece = at.get();
      Instant from = begin(piece);
      About about = piece.about();
      // A machine that should have looked is late by moments: it owes nobody an answer.
      boolean overdue =
          about != null
              && about.party() != Party.MACHINE
              && piece.due() != null
              && piece.due().isBefore(now);
      if (about != null && (overdue || end(piece).isAfter(from))) {
        legs.addFirst(
            new ExpectedEnd.Leg(
                about.task(),
                about.row(),
                about.title(),
                about.stepTitle(),
                about.party(),
                from,
                end(piece),
                overdue));
      }
    }
    return List.copyOf(legs);
  }

  private Optional<Piece> last() {
    return latest(pieces.values());
  }

  private Optional<Piece> before(Piece piece) {
    return latest(piece.after().stream().filter(pieces::containsKey).map(pieces::get).toList());
  }

  /** Of several that end at one time, the first one. */
  private Optional<Piece> latest(Collection<Piece> among) {
    return among.stream().reduce((first, next) -> end(next).isAfter(end(first)) ? next : first);
  }

  private Instant begin(Piece piece) {
    return before(piece).map(this::end).filter(now::isBefore).orElse(now);
  }

  private Instant end(Piece piece) {
    Instant known = ends.get(piece.id());
    if (known != null) {
      return known;
    }
    ends.put(piece.id(), now); // Lint refuses circles; one that came in all the same ends here.
    Instant begin = begin(piece);
    Instant end =
        piece.due() == null
            ? begin.plus(piece.takes())
            : piece.due().isAfter(begin) ? piece.due() : begin;
    ends.put(piece.id(), end);
    return end;
  }
}
