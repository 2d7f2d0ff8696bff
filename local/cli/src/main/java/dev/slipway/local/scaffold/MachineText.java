package dev.slipway.local.scaffold;

import dev.slipway.local.lint.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A state machine's text, into which a unit can be put: a task's state, or the states that start a
 * section. Only the name of the next state changes in the state before it.
 *
 * <p>Where a Parallel state holds the units, a new one gets a branch of its own, for tasks wait for
 * each other in the ledger. A unit that every branch needs goes before the Parallel state, and one
 * that needs every branch after it. Without a Parallel state it goes into the chain, in the
 * checklist's order, behind the units that it needs and before those that need it. Behind a gate
 * that has nothing behind it yet, a Parallel state is made for it.
 */
final class MachineText {
  private static final Form TASKS = new Form.Folder(MachineText.class).read("tasks.json");

  private final String file;
  private final String text;
  private final Map<String, JsonPlace> states;
  private final List<String> chain;

  MachineText(String file, String text) {
    this(file, text, JsonPlace.of(file, text));
  }

  private MachineText(String file, String text, JsonPlace scope) {
    this.file = file;
    this.text = text;
    this.states = scope.at("States").fields();
    this.chain = chain(scope.at("StartAt").value());
  }

  /** The iteration of the Map over these items, wherever it stands; units go into it. */
  Optional<MachineText> within(String items) {
    return states.values().stream().flatMap(state -> within(state, items).stream()).findFirst();
  }

  private Optional<MachineText> within(JsonPlace state, String items) {
    if (state.at("Items").value().equals(items)) {
      return Optional.of(new MachineText(file, text, state.at("ItemProcessor")));
    }
    return state.at("Branches").items().stream()
        .flatMap(branch -> new MachineText(file, text, branch).within(items).stream())
        .findFirst();
  }

  /** Whether a state tells what there is to fan out over. */
  boolean hasPlan() {
    return states.values().stream().anyMatch(MachineText::isPlan);
  }

  private static boolean isPlan(JsonPlace state) {
    return state.at("Arguments").at("FunctionName").value().equals("${FanOutFunctionArn}");
  }

  /** The text with a unit directly behind the gate. */
  String behindGate(Unit unit) {
    return behind(index(MachineText::isGate, 0), unit);
  }

  private boolean isGateAlone() {
    return chain.stream().flatMap(name -> units(states.get(name)).stream()).count() == 1
        && index(MachineText::isGate, 0) >= 0;
  }

  private static boolean isGate(JsonPlace state) {
    return units(state).stream().anyMatch(one -> one.endsWith(".gate"));
  }

  /** A unit and its states by name. The first is entered first, and its {@code @exit@} is open. */
  record Unit(String id, Map<String, Form> states) {
    Unit {
      states = new LinkedHashMap<>(states);
    }

    String entry() {
      return states.keySet().iterator().next();
    }

    /** Its states as fields of {@code States}. */
    Form fields(String exit) {
      List<String> fields = new ArrayList<>();
      states.forEach(
          (name, state) ->
              fields.add("\"%s\": %s".formatted(name, state.with("exit", exit).text())));
      return new Form(String.join(",\n", fields));
    }

    /** A branch of its own. */
    Form branch() {
      return new Form("{\n  \"StartAt\": \"@entry@\",\n  \"States\": {\n    @states@\n  }\n}")
          .with("entry", entry())
          .with("states", fields("\"End\": true").text());
    }
  }

  /** Whether a unit is there. */
  boolean has(String unit) {
    return states.values().stream().anyMatch(state -> units(state).contains(unit));
  }

  /** The text with a unit that is not there yet. */
  String with(Unit unit, Order order) {
    int parallel = index(state -> state.at("Type").value().equals("Parallel"), 0);
    if (parallel < 0 && isGateAlone()) {
      Form tasks = TASKS.with("branch", unit.branch().text());
      return behindGate(new Unit(unit.id(), Map.of("Tasks", tasks)));
    }
    if (parallel < 0) {
      return chained(unit, order, lastBeforeUnits(order), chain.size());
    }
    List<JsonPlace> branches = states.get(chain.get(parallel)).at("Branches").items();
    boolean isOne = !order.hasInstances(unit.id());
    if (needsAnyOf(order, chain.subList(parallel + 1, chain.size()), unit.id())
        || (isOne && branches.stream().allMatch(branch -> needs(order, unit.id(), branch)))) {
      return chained(unit, order, parallel, chain.size());
    }
    if (isNeededByAnyOf(order, chain.subList(0, parallel), unit.id())
        || (isOne && branches.stream().allMatch(branch -> isNeeded(order, unit.id(), branch)))) {
      return chained(unit, order, lastBeforeUnits(order), parallel);
    }
    return branched(unit, order, branches);
  }

  /** Puts it into the chain, behind {@code after} at the earliest and before {@code before}. */
  private String chained(Unit unit, Order order, int after, int before) {
    int last = after;
    int end = before;
    for (int i = after + 1; i < end; i++) {
      JsonPlace state = states.get(chain.get(i));
      if (isNeeded(order, unit.id(), state)) {
        end = i;
      } else if (needs(order, unit.id(), state) || isEarlier(order, state, unit.id())) {
        last = i;
      }
    }
    return behind(last, unit);
  }

  private String behind(int last, Unit unit) {
    JsonPlace previous = states.get(chain.get(last));
    JsonPlace next = exit(previous);
    if (next.value().isEmpty()) {
      throw new ScaffoldException(
          "%s: the state `%s` names no next state, behind which `%s` could go"
              .formatted(file, chain.get(last), unit.entry()));
    }
    String exit = "\"Next\": \"" + next.value() + "\"";
    int depth = depth(previous.start());
    String fields = ",\n" + " ".repeat(depth) + unit.fields(exit).indented(depth);
    String relinked =
        text.substring(0, next.start())
            + "\""
            + unit.entry()
            + "\""
            + text.substring(next.end(), previous.end());
    return relinked + fields + text.substring(previous.end());
  }

  private String branched(Unit unit, Order order, List<JsonPlace> branches) {
    int depth = depth(branches.getFirst().start());
    String branch = unit.branch().indented(depth);
    String gap = ",\n" + " ".repeat(depth);
    for (JsonPlace other : branches) {
      if (units(other).stream().anyMatch(one -> order.position(one) > order.position(unit.id()))) {
        return text.substring(0, other.start()) + branch + gap + text.substring(other.start());
      }
    }
    int end = branches.getLast().end();
    return text.substring(0, end) + gap + branch + text.substring(end);
  }

  /** The last state of the chain before its first unit: the gate, or what begins the run. */
  private int lastBeforeUnits(Order order) {
    int first = index(state -> units(state).stream().anyMatch(order::knows), 0);
    int gate = Math.max(index(MachineText::isGate, 0), index(MachineText::isPlan, 0));
    return Math.max(gate, first < 0 ? gate : gate < 0 ? first - 1 : gate);
  }

  private int index(Predicate<JsonPlace> found, int from) {
    for (int i = from; i < chain.size(); i++) {
      if (found.test(states.get(chain.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  /** The states in the order in which a run without trouble reaches them. */
  private List<String> chain(String start) {
    Set<String> reached = new LinkedHashSet<>();
    String at = start;
    while (states.containsKey(at) && reached.add(at)) {
      at = exit(states.get(at)).value();
    }
    return List.copyOf(reached);
  }

  private static JsonPlace exit(JsonPlace state) {
    List<JsonPlace> choices = state.at("Choices").items();
    return choices.isEmpty() ? state.at("Next") : choices.getFirst().at("Next");
  }

  private boolean needsAnyOf(Order order, List<String> names, String unit) {
    return names.stream().anyMatch(name -> needs(order, unit, states.get(name)));
  }

  private boolean isNeededByAnyOf(Order order, List<String> names, String unit) {
    return names.stream().anyMatch(name -> isNeeded(order, unit, states.get(name)));
  }

  private static boolean needs(Order order, String unit, JsonPlace place) {
    return units(place).stream().anyMatch(there -> order.needs(unit, there));
  }

  private static boolean isNeeded(Order order, String unit, JsonPlace place) {
    return units(place).stream().anyMatch(there -> order.needs(there, unit));
  }

  private static boolean isEarlier(Order order, JsonPlace place, String unit) {
    return units(place).stream()
        .anyMatch(other -> order.knows(other) && order.position(other) < order.position(unit));
  }

  /** The tasks that states run, and the sections that they start, by their placeholder. */
  private static Set<String> units(JsonPlace place) {
    Set<String> units = new LinkedHashSet<>();
    Map<String, JsonPlace> fields = new TreeMap<>(place.fields());
    for (String name : List.of("task", "StateMachineArn")) {
      if (fields.containsKey(name) && !fields.get(name).value().isEmpty()) {
        units.add(fields.get(name).value());
      }
    }
    fields.values().forEach(field -> units.addAll(units(field)));
    place.items().forEach(item -> units.addAll(units(item)));
    return units;
  }

  /** How deep the line is in which a place begins. */
  private int depth(int at) {
    String line = text.substring(text.lastIndexOf('\n', at - 1) + 1);
    return line.length() - line.stripLeading().length();
  }
}
