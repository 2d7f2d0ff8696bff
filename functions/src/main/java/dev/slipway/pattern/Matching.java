package dev.slipway.pattern;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One search for a program in a text, by backtracking on a stack of its own.
 *
 * <p>A place in the program that failed at a position once fails there always, unless the program
 * has back references; so it is not tried twice, and the work is bounded by the product of both
 * lengths. Where a body that may be empty is repeated, the extent of the match may depend on trying
 * again, its existence does not. The number of steps bounds the work on places that are not
 * remembered.
 */
final class Matching {
  /** Half a second or so; a linear pattern takes some ten steps a character. */
  private static final int MOST_STEPS = 25_000_000;

  private static final int LARGEST_STACK = 12_000_000;
  private static final long LARGEST_MEMORY = 1L << 28;

  private final Program program;
  private final Flags flags;
  private final LetterCase letters;
  private final String text;
  private final BitSet failed;
  private final int[] slots;
  private int[] stack = new int[96];
  private int top;
  private int steps;

  /**
   * @param whereMatters whether the caller asks for the extent of the match
   */
  Matching(Program program, Flags flags, LetterCase letters, String text, boolean whereMatters) {
    this.program = program;
    this.flags = flags;
    this.letters = letters;
    this.text = text;
    this.slots = new int[program.slots()];
    boolean remembers =
        !program.looksBackAtGroups()
            && !(whereMatters && program.watchesProgress())
            && (long) program.size() * (text.length() + 1) < LARGEST_MEMORY;
    this.failed = remembers ? new BitSet() : null;
  }

  /**
   * The positions of the first match that starts at or after a position: start and end of the
   * whole, then of each group, -1 for those that took no part.
   *
   * @return null if there is none
   * @throws TooManySteps if the search takes too long
   */
  int[] find(int from) {
    for (int start = from; start <= text.length(); start++) {
      if (flags.unicode()
          && start > 0
          && start < text.length()
          && Character.isSurrogatePair(text.charAt(start - 1), text.charAt(start))) {
        continue;
      }
      Arrays.fill(slots, -1);
      top = 0;
      if (run(0, start, failed) >= 0) {
        return slots;
      }
    }
    return null;
  }

  /** The position at which the program from a place on is done; -1 if it fails. */
  private int run(int from, int start, BitSet memory) {
    int base = top;
    int at = from;
    int position = start;
    while (true) {
      if (++steps > MOST_STEPS) {
        throw new TooManySteps();
      }
      Program.Instruction instruction = program.at(at);
      int a = instruction.a;
      int b = instruction.b;
      boolean goesOn = true;
      switch (instruction.operation) {
        case ONE -> {
          int next = one(instruction.set, position, b == 1);
          goesOn = next >= 0;
          position = next;
          at++;
        }
        case SPLIT -> {
          int key = memory == null ? 0 : position * program.size() + at;
          goesOn = memory == null || !memory.get(key);
          if (goesOn) {
            if (memory != null) {
              memory.set(key);
            }
            push(b, position);
            at = a;
          }
        }
        case JUMP -> at = a;
        case SAVE -> {
          set(a, position);
          at++;
        }
        case FORGET -> {
          for (int slot = a; slot < b; slot++) {
            set(slot, -1);
          }
          at++;
        }
        case PROGRESS -> {
          goesOn = slots[a] != position;
          at++;
        }
        case PLACE -> {
          goesOn = isAt(instruction.place, position);
          at++;
        }
        case AGAIN -> {
          position = again(a, position, b == 1);
          goesOn = position >= 0;
          at++;
        }
        case LOOK -> {
          goesOn = look(at + 1, position, b == 1);
          at = a;
        }
        case DONE -> {
          return position;
        }
      }
      if (!goesOn) {
        if (!backtrack(base)) {
          return -1;
        }
        at = stack[top];
        position = stack[top + 1];
      }
    }
  }

  /** Undoes up to the last choice, and takes that off the stack. */
  private boolean backtrack(int base) {
    while (top > base) {
      top -= 2;
      if (stack[top] >= 0) {
        return true;
      }
      slots[-1 - stack[top]] = stack[top + 1];
    }
    return false;
  }

  private void set(int slot, int value) {
    if (slots[slot] != value) {
      push(-1 - slot, slots[slot]);
      slots[slot] = value;
    }
  }

  private void push(int what, int value) {
    if (top == stack.length) {
      if (top > LARGEST_STACK) {
        throw new TooManySteps();
      }
      stack = Arrays.copyOf(stack, 2 * top);
    }
    stack[top] = what;
    stack[top + 1] = value;
    top += 2;
  }

  /** Looks without consuming: the captured groups stay, the other choices do not. */
  private boolean look(int from, int position, boolean negative) {
    int base = top;
    int[] before = slots.clone();
    boolean found = run(from, position, null) >= 0;
    int[] after = slots.clone();
    System.arraycopy(before, 0, slots, 0, slots.length);
    top = base;
    if (found && !negative) {
      for (int slot = 0; slot < slots.length; slot++) {
        set(slot, after[slot]);
      }
    }
    return found != negative;
  }

  /** The position after (or before) a character of a set; -1 if another one stands there. */
  private int one(CharacterSet set, int position, boolean backwards) {
    if (backwards ? position == 0 : position == text.length()) {
      return -1;
    }
    int c =
        backwards
            ? flags.unicode() ? text.codePointBefore(position) : text.charAt(position - 1)
            : flags.unicode() ? text.codePointAt(position) : text.charAt(position);
    int length = Character.charCount(c);
    return set.contains(c) ? position + (backwards ? -length : length) : -1;
  }

  private int again(int group, int position, boolean backwards) {
    int start = slots[2 * group];
    int end = slots[2 * group + 1];
    if (start < 0 || end < 0) {
      return position;
    }
    int length = end - start;
    int from = backwards ? position - length : position;
    if (from < 0 || from + length > text.length()) {
      return -1;
    }
    steps += length;
    for (int i = 0; i < length; i++) {
      if (form(text.charAt(start + i)) != form(text.charAt(from + i))) {
        return -1;
      }
    }
    return backwards ? from : from + length;
  }

  private int form(char c) {
    return letters == null ? c : letters.canonical(c);
  }

  private boolean isAt(Node.Place place, int position) {
    return switch (place) {
      case START -> position == 0;
      case END -> position == text.length();
      case LINE_START ->
          position == 0 || CharacterSet.LINE_ENDS.contains(text.charAt(position - 1));
      case LINE_END ->
          position == text.length() || CharacterSet.LINE_ENDS.contains(text.charAt(position));
      case WORD_EDGE -> isWord(position - 1) != isWord(position);
      case NO_WORD_EDGE -> isWord(position - 1) == isWord(position);
    };
  }

  private boolean isWord(int position) {
    if (position < 0 || position >= text.length()) {
      return false;
    }
    char c = text.charAt(position);
    return CharacterSet.WORD.contains(c)
        || (letters != null && flags.unicode() && (c == 0x17f || c == 0x212a));
  }
}
