package dev.slipway.local.asl.jsonata;

import java.util.Arrays;

/** One search of a regular expression in a text. */
final class RegexMatcher {
  /** Entries of the stack: three numbers each, of which the first tells what to do. */
  private static final int UNDO = -1;

  private static final int ENTRY = 3;

  private final Regex regex;
  private final int[] code;
  private final String text;
  private final Budget budget;
  private final int[] registers;

  /** To go on elsewhere: (where in the code, where in the text, 0); or (UNDO, register, value). */
  private int[] stack = new int[ENTRY * 64];

  private int size;
  private int end;

  RegexMatcher(Regex regex, String text, Budget budget) {
    this.regex = regex;
    this.code = regex.code();
    this.text = text;
    this.budget = budget;
    this.registers = new int[regex.registers()];
  }

  int[] match(int from) {
    for (int start = from; start <= text.length(); start++) {
      Arrays.fill(registers, -1);
      size = 0;
      if (run(0, start)) {
        int[] groups = Arrays.copyOf(registers, 2 * regex.groups());
        groups[0] = start;
        groups[1] = end;
        return groups;
      }
    }
    return null;
  }

  private void push(int first, int second, int third) {
    if (size + ENTRY > stack.length) {
      budget.take(4.0 * stack.length);
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    stack[size++] = first;
    stack[size++] = second;
    stack[size++] = third;
  }

  private void set(int register, int value) {
    push(UNDO, register, registers[register]);
    registers[register] = value;
  }

  /** Goes back to before all that is on the stack above a base. */
  private void undo(int base) {
    while (size > base) {
      size -= ENTRY;
      if (stack[size] == UNDO) {
        registers[stack[size + 1]] = stack[size + 2];
      }
    }
  }

  /** Forgets the other ways above a base, but not what is to be undone. */
  private void commit(int base) {
    int kept = base;
    for (int entry = base; entry < size; entry += ENTRY) {
      if (stack[entry] == UNDO) {
        System.arraycopy(stack, entry, stack, kept, ENTRY);
        kept += ENTRY;
      }
    }
    size = kept;
  }

  /** Runs until it is accepted, at {@code end}, or all ways have failed. */
  private boolean run(int startPc, int start) {
    int base = size;
    int pc = startPc;
    int at = start;
    while (true) {
      budget.step();
      boolean good = true;
      switch (code[pc]) {
        case Regex.CHAR -> {
          int index = code[pc + 2] > 0 ? at : at - 1;
          good = isText(index) && folded(text.charAt(index)) == code[pc + 1];
          at += code[pc + 2];
          pc += 3;
        }
        case Regex.SET, Regex.NOT_SET -> {
          int index = code[pc + 2] > 0 ? at : at - 1;
          boolean wanted = code[pc] == Regex.SET;
          good = isText(index) && regex.isIn(code[pc + 1], text.charAt(index)) == wanted;
          at += code[pc + 2];
          pc += 3;
        }
        case Regex.SPLIT -> {
          push(code[pc + 1], at, 0);
          pc += 2;
        }
        case Regex.JUMP -> pc = code[pc + 1];
        case Regex.OPEN -> {
          set(2 * regex.groups() + code[pc + 1], at);
          pc += 2;
        }
        case Regex.CLOSE -> {
          int opened = registers[2 * regex.groups() + code[pc + 1]];
          boolean forwards = code[pc + 2] > 0;
          set(2 * code[pc + 1], forwards ? opened : at);
          set(2 * code[pc + 1] + 1, forwards ? at : opened);
          pc += 3;
        }
        case Regex.BACK -> {
          int from = registers[2 * code[pc + 1]];
          int length = from < 0 ? 0 : registers[2 * code[pc + 1] + 1] - from;
          int target = code[pc + 2] > 0 ? at : at - length;
          good = length == 0 || isSame(from, target, length);
          at += code[pc + 2] * length;
          pc += 3;
        }
        case Regex.LINE_START -> {
          good = at == 0 || (regex.multiline() && isLineEnd(at - 1));
          pc++;
        }
        case Regex.LINE_END -> {
          good = at == text.length() || (regex.multiline() && isLineEnd(at));
          pc++;
        }
        case Regex.WORD_BOUNDARY -> {
          good = (isWord(at - 1) != isWord(at)) == (code[pc + 1] == 0);
          pc += 2;
        }
        case Regex.LOOK -> {
          int before = size;
          boolean negated = code[pc + 1] == 1;
          boolean found = run(pc + 3, at);
          if (found && !negated) {
            commit(before);
          } else {
            undo(before);
          }
          good = found != negated;
          pc = code[pc + 2];
        }
        case Regex.BEGIN_LOOP -> {
          set(code[pc + 1], 0);
          pc += 2;
        }
        case Regex.LOOP -> {
          int count = registers[code[pc + 1]];
          int exit = code[pc + 5];
          boolean mayEnter = count < code[pc + 3];
          boolean mayLeave = count >= code[pc + 2];
          if (mayEnter && mayLeave && code[pc + 4] == 0) {
            // Lazy: to enter is the other way, and is told from this one by its third number.
            push(pc, at, 1);
            pc = exit;
          } else if (mayEnter) {
            if (mayLeave) {
              push(exit, at, 0);
            }
            enter(pc, at);
            pc += 8;
          } else {
            pc = exit;
          }
        }
        case Regex.AGAIN -> {
          int register = code[pc + 1];
          int count = registers[register];
          // An iteration that is not asked for must match more than nothing.
          good = count < code[pc + 2] || registers[register + 1] != at;
          if (good) {
            set(register, count == Integer.MAX_VALUE ? count : count + 1);
            pc = code[pc + 3];
          }
        }
        case Regex.ACCEPT -> {
          end = at;
          return true;
        }
        default -> throw new IllegalStateException("instruction " + code[pc]);
      }
      if (!good) {
        while (size > base && stack[size - ENTRY] == UNDO) {
          size -= ENTRY;
          registers[stack[size + 1]] = stack[size + 2];
        }
        if (size == base) {
          return false;
        }
        size -= ENTRY;
        pc = stack[size];
        at = stack[size + 1];
        if (stack[size + 2] == 1) {
          enter(pc, at);
          pc += 8;
        }
      }
    }
  }

  /** Begins an iteration of a loop, in which its groups have taken no part yet. */
  private void enter(int loop, int at) {
    set(code[loop + 1] + 1, at);
    for (int group = code[loop + 6]; group < code[loop + 7]; group++) {
      if (registers[2 * group] >= 0) {
        set(2 * group, -1);
        set(2 * group + 1, -1);
      }
    }
  }

  private boolean isText(int index) {
    return index >= 0 && index < text.length();
  }

  private char folded(char c) {
    return regex.ignoreCase() ? CharSet.folded(c) : c;
  }

  private boolean isSame(int one, int other, int length) {
    if (other < 0 || other + length > text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      budget.step();
      if (folded(text.charAt(one + i)) != folded(text.charAt(other + i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isLineEnd(int index) {
    return CharSet.LINE_ENDS.contains(text.charAt(index));
  }

  private boolean isWord(int index) {
    return isText(index) && CharSet.WORDS.contains(text.charAt(index));
  }
}
