package dev.slipway.pattern;

import java.util.List;

/** The parts of a pattern. */
sealed interface Node {
  /** Matches without consuming. */
  record Empty() implements Node {}

  /** One character: a code point in unicode mode, else a UTF-16 unit. */
  record One(CharacterSet set) implements Node {}

  record Sequence(List<Node> parts) implements Node {}

  record Choice(List<Node> options) implements Node {}

  /**
   * A body again and again.
   *
   * @param most -1 if unbounded
   * @param firstGroup the number of the body's first group
   * @param endGroup the number after the body's last group
   */
  record Repeat(Node body, int least, int most, boolean greedy, int firstGroup, int endGroup)
      implements Node {}

  record Group(int number, Node body) implements Node {}

  record BackReference(int group) implements Node {}

  /** A condition on a place. */
  enum Place implements Node {
    START,
    END,
    LINE_START,
    LINE_END,
    WORD_EDGE,
    NO_WORD_EDGE
  }

  record Look(Node body, boolean ahead, boolean negative) implements Node {}

  /** Whether it may match without consuming; in doubt true. */
  default boolean maybeEmpty() {
    return switch (this) {
      case One ignored -> false;
      case Sequence sequence -> sequence.parts.stream().allMatch(Node::maybeEmpty);
      case Choice choice -> choice.options.stream().anyMatch(Node::maybeEmpty);
      case Repeat repeat -> repeat.least == 0 || repeat.body.maybeEmpty();
      case Group group -> group.body.maybeEmpty();
      case Empty ignored -> true;
      case BackReference ignored -> true;
      case Place ignored -> true;
      case Look ignored -> true;
    };
  }
}
