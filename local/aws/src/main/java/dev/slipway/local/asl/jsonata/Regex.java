package dev.slipway.local.asl.jsonata;

import dev.slipway.local.asl.jsonata.RegexParser.Choice;
import dev.slipway.local.asl.jsonata.RegexParser.Group;
import dev.slipway.local.asl.jsonata.RegexParser.LineEnd;
import dev.slipway.local.asl.jsonata.RegexParser.LineStart;
import dev.slipway.local.asl.jsonata.RegexParser.Literal;
import dev.slipway.local.asl.jsonata.RegexParser.Look;
import dev.slipway.local.asl.jsonata.RegexParser.NamedReference;
import dev.slipway.local.asl.jsonata.RegexParser.Reference;
import dev.slipway.local.asl.jsonata.RegexParser.Repeat;
import dev.slipway.local.asl.jsonata.RegexParser.Sequence;
import dev.slipway.local.asl.jsonata.RegexParser.Single;
import dev.slipway.local.asl.jsonata.RegexParser.Term;
import dev.slipway.local.asl.jsonata.RegexParser.WordBoundary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A regular expression that means what it means in JavaScript, compiled for a machine that
 * backtracks on a stack of its own: so it can be stopped, and a long text does not exhaust the
 * thread's stack. Immutable.
 */
final class Regex {
  // Instructions; operands follow. A direction is 1, or -1 in a look behind.
  static final int CHAR = 0; // character, direction
  static final int SET = 1; // index of the set, direction
  static final int SPLIT = 2; // where to go if all after this fails
  static final int JUMP = 3; // where
  static final int OPEN = 4; // group
  static final int CLOSE = 5; // group, direction
  static final int BACK = 6; // group, direction
  static final int LINE_START = 7;
  static final int LINE_END = 8;
  static final int WORD_BOUNDARY = 9; // 1 if negated
  static final int LOOK = 10; // 1 if negated, where it ends
  static final int ACCEPT = 11;
  static final int BEGIN_LOOP = 12; // register
  static final int LOOP = 13; // register, least, most, 1 if greedy, exit, first group, end group
  static final int AGAIN = 14; // register, least, where the loop is
  static final int NOT_SET = 15; // as SET

  private final String source;
  private final boolean ignoreCase;
  private final boolean multiline;
  private final int groups;
  private final List<CharSet> sets = new ArrayList<>();
  private int[] code = new int[64];
  private int size;
  private int registers;

  private Regex(RegexParser parser, String source, String flags) {
    this.source = source;
    this.ignoreCase = flags.contains("i");
    this.multiline = flags.contains("m");
    Term whole = parser.parse();
    this.groups = parser.groups();
    // Registers: each group's begin and end, then where it was opened, then two for each loop.
    this.registers = 3 * groups;
    emit(whole, 1, parser);
    add(ACCEPT);
    this.code = Arrays.copyOf(code, size);
  }

  /**
   * Compiles an expression.
   *
   * @param flags of {@code i} and {@code m}, each at most once
   */
  static Regex compile(String source, String flags) {
    RegexParser parser = new RegexParser(source);
    if (flags.length() > 1 && flags.chars().distinct().count() < flags.length()) {
      throw parser.error("Invalid flags '" + flags + "'");
    }
    return new Regex(parser, source, flags);
  }

  /** The text between the slashes. */
  String source() {
    return source;
  }

  int groups() {
    return groups;
  }

  int registers() {
    return registers;
  }

  int[] code() {
    return code;
  }

  boolean multiline() {
    return multiline;
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  boolean isIn(int set, char c) {
    return ignoreCase ? sets.get(set).containsFolded(c) : sets.get(set).contains(c);
  }

  /**
   * The first match at or after a place: where it and its groups begin and end, -1 for a group that
   * took no part; null if there is none.
   */
  int[] match(String text, int from, Budget budget) {
    return new RegexMatcher(this, text, budget).match(from);
  }

  private int add(int... instruction) {
    if (size + instruction.length > code.length) {
      code = Arrays.copyOf(code, 2 * code.length);
    }
    System.arraycopy(instruction, 0, code, size, instruction.length);
    size += instruction.length;
    return size - instruction.length;
  }

  private void emit(Term term, int direction, RegexParser parser) {
    switch (term) {
      case Literal literal ->
          add(CHAR, ignoreCase ? CharSet.folded(literal.c()) : literal.c(), direction);
      case Single single -> {
        sets.add(single.set());
        add(single.negated() ? NOT_SET : SET, sets.size() - 1, direction);
      }
      case Sequence sequence ->
          (direction > 0 ? sequence.terms() : sequence.terms().reversed())
              .forEach(part -> emit(part, direction, parser));
      case Choice choice -> emit(choice.alternatives(), direction, parser);
      case Group group -> {
        add(OPEN, group.number());
        emit(group.body(), direction, parser);
        add(CLOSE, group.number(), direction);
      }
      case Reference reference -> add(BACK, reference.group(), direction);
      case NamedReference reference -> add(BACK, parser.groupNamed(reference.name()), direction);
      case LineStart ignored -> add(LINE_START);
      case LineEnd ignored -> add(LINE_END);
      case WordBoundary boundary -> add(WORD_BOUNDARY, boundary.negated() ? 1 : 0);
      case Look look -> {
        int at = add(LOOK, look.negated() ? 1 : 0, 0);
        emit(look.body(), look.ahead() ? 1 : -1, parser);
        add(ACCEPT);
        code[at + 2] = size;
      }
      case Repeat repeat -> emit(repeat, direction, parser);
    }
  }

  private void emit(List<Term> alternatives, int direction, RegexParser parser) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < alternatives.size(); i++) {
      boolean last = i == alternatives.size() - 1;
      int split = last ? 0 : add(SPLIT, 0);
      emit(alternatives.get(i), direction, parser);
      if (!last) {
        ends.add(add(JUMP, 0));
        code[split + 1] = size;
      }
    }
    ends.forEach(end -> code[end + 1] = size);
  }

  private void emit(Repeat repeat, int direction, RegexParser parser) {
    int register = registers;
    registers += 2;
    add(BEGIN_LOOP, register);
    int loop =
        add(
            LOOP,
            register,
            repeat.least(),
            repeat.most(),
            repeat.greedy() ? 1 : 0,
            0,
            repeat.firstGroup(),
            repeat.endGroup());
    emit(repeat.body(), direction, parser);
    add(AGAIN, register, repeat.least(), loop);
    code[loop + 5] = size;
  }
}
