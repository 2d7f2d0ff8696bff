package dev.slipway.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern as instructions. Repetitions with bounds are written out, so that a place in the
 * program says all that a match depends on (but for back references).
 */
final class Program {
  enum Operation {
    /** One character of the set; backwards if {@code b} is 1. */
    ONE,
    /** First goes on at {@code a}, and if that fails at {@code b}. */
    SPLIT,
    /** Goes on at {@code a}. */
    JUMP,
    /** Takes down the position in slot {@code a}. */
    SAVE,
    /** Forgets the slots from {@code a} to before {@code b}. */
    FORGET,
    /** Fails if the position is still that in slot {@code a}. */
    PROGRESS,
    /** The place. */
    PLACE,
    /** The text that group {@code a} matched; backwards if {@code b} is 1. */
    AGAIN,
    /**
     * Looks with what follows, up to DONE; then goes on at {@code a}; negative if {@code b} is 1.
     */
    LOOK,
    DONE
  }

  private static final int LARGEST = 50_000;

  /** One operation and its operands: two numbers, and a set or a place where it has one. */
  static final class Instruction {
    final Operation operation;
    final CharacterSet set;
    final Node.Place place;
    int a;
    int b;

    private Instruction(Operation operation, int a, int b, CharacterSet set, Node.Place place) {
      this.operation = operation;
      this.a = a;
      this.b = b;
      this.set = set;
      this.place = place;
    }
  }

  private final String source;
  private final List<Instruction> code = new ArrayList<>();
  private int slots;
  private boolean looksBackAtGroups;
  private boolean watchesProgress;

  Program(String source, Node pattern, int groups) {
    this.source = source;
    this.slots = 2 * (groups + 1);
    emit(Operation.SAVE, 0, 0);
    emit(pattern, false);
    emit(Operation.SAVE, 1, 0);
    emit(Operation.DONE, 0, 0);
  }

  Instruction at(int place) {
    return code.get(place);
  }

  int size() {
    return code.size();
  }

  /** How many positions a match takes down. */
  int slots() {
    return slots;
  }

  /** Whether a match depends on what a group matched before. */
  boolean looksBackAtGroups() {
    return looksBackAtGroups;
  }

  /** Whether a body that may be empty is repeated. */
  boolean watchesProgress() {
    return watchesProgress;
  }

  private Instruction emit(Operation operation, int a, int b) {
    return emit(new Instruction(operation, a, b, null, null));
  }

  private Instruction emit(Instruction instruction) {
    if (code.size() == LARGEST) {
      throw new PatternSyntaxException("The pattern's repetitions are too many", source, -1);
    }
    code.add(instruction);
    return instruction;
  }

  private void emit(Node node, boolean backwards) {
    int back = backwards ? 1 : 0;
    switch (node) {
      case Node.Empty ignored -> {}
      case Node.One one -> emit(new Instruction(Operation.ONE, 0, back, one.set(), null));
      case Node.Sequence sequence ->
          (backwards ? sequence.parts().reversed() : sequence.parts())
              .forEach(part -> emit(part, backwards));
      case Node.Choice choice -> choice(choice.options(), backwards);
      case Node.Group group -> {
        emit(Operation.SAVE, 2 * group.number() + back, 0);
        emit(group.body(), backwards);
        emit(Operation.SAVE, 2 * group.number() + 1 - back, 0);
      }
      case Node.BackReference reference -> {
        looksBackAtGroups = true;
        emit(Operation.AGAIN, reference.group(), back);
      }
      case Node.Place place -> emit(new Instruction(Operation.PLACE, 0, 0, null, place));
      case Node.Look look -> {
        Instruction start = emit(Operation.LOOK, 0, look.negative() ? 1 : 0);
        emit(look.body(), !look.ahead());
        emit(Operation.DONE, 0, 0);
        start.a = code.size();
      }
      case Node.Repeat repeat -> repeat(repeat, backwards);
    }
  }

  private void choice(List<Node> options, boolean backwards) {
    List<Instruction> ends = new ArrayList<>();
    for (Node option : options.subList(0, options.size() - 1)) {
      Instruction split = emit(Operation.SPLIT, code.size() + 1, 0);
      emit(option, backwards);
      ends.add(emit(Operation.JUMP, 0, 0));
      split.b = code.size();
    }
    emit(options.getLast(), backwards);
    ends.forEach(end -> end.a = code.size());
  }

  private void repeat(Node.Repeat repeat, boolean backwards) {
    for (int i = 0; i < repeat.least(); i++) {
      int before = code.size();
      body(repeat, backwards);
      if (code.size() == before) {
        return;
      }
    }
    if (repeat.most() < 0) {
      int start = code.size();
      Instruction split = optionalBody(repeat, backwards);
      emit(Operation.JUMP, start, 0);
      exit(repeat, split);
      return;
    }
    List<Instruction> splits = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      splits.add(optionalBody(repeat, backwards));
    }
    splits.forEach(split -> exit(repeat, split));
  }

  private void body(Node.Repeat repeat, boolean backwards) {
    if (repeat.endGroup() > repeat.firstGroup()) {
      emit(Operation.FORGET, 2 * repeat.firstGroup(), 2 * repeat.endGroup());
    }
    emit(repeat.body(), backwards);
  }

  /** A body that may be left out; one that matches nothing is refused (22.2.2.3.1, step 2.b). */
  private Instruction optionalBody(Node.Repeat repeat, boolean backwards) {
    int start = code.size() + 1;
    Instruction split = emit(Operation.SPLIT, start, start);
    boolean watch = repeat.body().maybeEmpty();
    int slot = slots;
    if (watch) {
      watchesProgress = true;
      slots++;
      emit(Operation.SAVE, slot, 0);
    }
    body(repeat, backwards);
    if (watch) {
      emit(Operation.PROGRESS, slot, 0);
    }
    return split;
  }

  private void exit(Node.Repeat repeat, Instruction split) {
    if (repeat.greedy()) {
      split.b = code.size();
    } else {
      split.a = code.size();
    }
  }
}
