package dev.slipway.local.asl.jsonata;

import dev.slipway.local.asl.jsonata.Node.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One evaluation of an expression. */
public final class Evaluation {
  private static final Node CHAIN = Parser.parse("function($f, $g) { function($x){ $g($f($x)) } }");

  private final Budget budget;
  private final InstantSource clock;
  private Double now;

  Evaluation(Budget budget, InstantSource clock) {
    this.budget = budget;
    this.clock = clock;
  }

  /** The budget of the whole evaluation. */
  public Budget budget() {
    return budget;
  }

  /** The one instant of this evaluation, in milliseconds since 1970. */
  public double now() {
    if (now == null) {
      now = (double) clock.millis();
    }
    return now;
  }

  Object evaluate(Node node, Object input, Frame frame) {
    budget.enter();
    Object result = value(node, input, frame);
    for (Node predicate : node.predicates) {
      result = filter(predicate.rhs, result, frame);
    }
    if (node.group != null && !node.is(Kind.PATH)) {
      result = group(node.group, result, frame);
    }
    budget.leave();
    if (result instanceof Items items && items.sequence && !items.tuples) {
      items.keepSingleton |= node.keepArray;
      if (items.isEmpty()) {
        return null;
      }
      return items.size() == 1 && !items.keepSingleton ? items.getFirst() : items;
    }
    return result;
  }

  private Object value(Node node, Object input, Frame frame) {
    return switch (node.kind) {
      case PATH -> path(node, input, frame);
      case BINARY -> binary(node, input, frame);
      case NEGATION -> negation(evaluate(node.lhs, input, frame));
      case ARRAY -> array(node, input, frame);
      case OBJECT -> group(node, input, frame);
      case NAME -> Data.lookup(input, node.value, budget);
      case STRING, NUMBER, VALUE -> node.value;
      case WILDCARD -> wildcard(input);
      case DESCENDANT -> descendants(input);
      case PARENT -> frame.lookup(node.slot.label);
      case CONDITION -> {
        if (Data.isTrue(evaluate(node.lhs, input, frame), budget)) {
          yield evaluate(node.rhs, input, frame);
        }
        yield node.other == null ? null : evaluate(node.other, input, frame);
      }
      case BLOCK -> block(node, input, frame);
      case BIND -> {
        Object value = evaluate(node.rhs, input, frame);
        frame.bind((String) node.lhs.value, value);
        yield value;
      }
      case REGEX -> new RegexFunction((Regex) node.value);
      case FUNCTION -> call(node, input, frame, List.of());
      case VARIABLE -> variable(node, input, frame);
      case LAMBDA -> lambda(node, input, frame);
      case PARTIAL -> partial(node, input, frame);
      case APPLY -> applied(node, input, frame);
      case TRANSFORM ->
          new Builtin(
              "transform", 1, "<(oa):o>", (args, ignored) -> transform(node, args.at(0), frame));
      case SORT, FILTER, INDEX, OPERATOR, END -> throw new IllegalStateException(node.kind.name());
    };
  }

  private static Object variable(Node node, Object input, Frame frame) {
    String name = (String) node.value;
    if (!name.isEmpty()) {
      return frame.lookup(name);
    }
    return input instanceof Items items && items.outer ? items.getFirst() : input;
  }

  // Paths

  private Object path(Node node, Object input, Frame frame) {
    List<?> current =
        input instanceof List<?> list && !node.parts.getFirst().is(Kind.VARIABLE)
            ? list
            : Items.sequenceOf(input);
    List<?> result = null;
    List<?> tuples = null;
    boolean inTuples = false;
    for (int i = 0; i < node.parts.size(); i++) {
      Node step = node.parts.get(i);
      inTuples |= step.tuple;
      if (i == 0 && step.constructed) {
        result = (List<?>) evaluate(step, current, frame);
      } else if (inTuples) {
        tuples = tupleStep(step, current, tuples, frame);
      } else {
        result = step(step, current, frame, i == node.parts.size() - 1);
      }
      if (!inTuples && (result == null || result.isEmpty())) {
        break;
      }
      if (step.focus == null) {
        current = result;
      }
    }
    if (inTuples) {
      result = node.tuple ? tuples : contexts(tuples);
    }
    if (node.keepSingletonArray && result != null) {
      Items kept = result instanceof Items items ? items : new Items(result);
      if (kept.constructed && !kept.sequence) {
        kept = Items.sequenceOf(kept);
      }
      kept.keepSingleton = true;
      result = kept;
    }
    return node.group == null ? result : group(node.group, inTuples ? tuples : result, frame);
  }

  private Items contexts(List<?> tuples) {
    Items contexts = Items.sequence();
    budget.takeItems(tuples.size());
    tuples.forEach(tuple -> contexts.add(((Map<?, ?>) tuple).get("@")));
    return contexts;
  }

  private List<?> step(Node step, List<?> input, Frame frame, boolean last) {
    if (step.is(Kind.SORT)) {
      return (List<?>) stages(step, sorted(step, input, frame), frame);
    }
    Items results = Items.sequence();
    for (Object item : input) {
      Object result = evaluate(step, item, frame);
      for (Node stage : step.stages) {
        result = filter(stage.rhs, result, frame);
      }
      if (result != null) {
        budget.takeItems(1);
        results.add(result);
      }
    }
    if (last
        && results.size() == 1
        && results.getFirst() instanceof List<?> only
        && !Items.isSequence(only)) {
      return only;
    }
    Items flat = Items.sequence();
    for (Object result : results) {
      if (result instanceof List<?> list && !(list instanceof Items items && items.constructed)) {
        budget.takeItems(list.size());
        flat.addAll(list);
      } else {
        budget.takeItems(1);
        flat.add(result);
      }
    }
    return flat;
  }

  private Object stages(Node step, Object input, Frame frame) {
    Object result = input;
    for (Node stage : step.stages) {
      if (stage.is(Kind.INDEX)) {
        List<?> tuples = (List<?>) result;
        for (int i = 0; i < tuples.size(); i++) {
          tuple(tuples.get(i)).put((String) stage.value, (double) i);
        }
      } else {
        result = filter(stage.rhs, result, frame);
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked") // All tuples are made here.
  private static Map<String, Object> tuple(Object value) {
    return (Map<String, Object>) value;
  }

  private Map<String, Object> newTuple(Map<String, Object> from) {
    budget.take(64 + 48.0 * from.size());
    budget.step();
    return new LinkedHashMap<>(from);
  }

  private Map<String, Object> newTuple(Object context) {
    Map<String, Object> tuple = newTuple(Map.of());
    tuple.put("@", context);
    return tuple;
  }

  private List<?> tupleStep(Node step, List<?> input, List<?> before, Frame frame) {
    if (step.is(Kind.SORT)) {
      List<?> result = sorted(step, before == null ? input : before, frame);
      if (before == null) {
        Items tuples = Items.sequence();
        tuples.tuples = true;
        for (int i = 0; i < result.size(); i++) {
          Map<String, Object> tuple = newTuple(result.get(i));
          if (step.index != null) {
            tuple.put(step.index, (double) i);
          }
          tuples.add(tuple);
        }
        result = tuples;
      }
      return (List<?>) stages(step, result, frame);
    }
    Items results = Items.sequence();
    results.tuples = true;
    List<?> bindings = before == null ? input.stream().map(this::newTuple).toList() : before;
    for (Object each : bindings) {
      Map<String, Object> binding = tuple(each);
      Object found = evaluate(step, binding.get("@"), frame.inner(binding));
      if (found != null) {
        List<?> all = found instanceof List<?> list ? list : Items.sequenceOf(found);
        boolean areTuples = all instanceof Items items && items.tuples;
        for (int i = 0; i < all.size(); i++) {
          Map<String, Object> tuple = newTuple(binding);
          if (areTuples) {
            tuple.putAll(tuple(all.get(i)));
          } else {
            bind(step, tuple, binding.get("@"), all.get(i), i);
          }
          results.add(tuple);
        }
      }
    }
    return (List<?>) stages(step, results, frame);
  }

  private static void bind(
      Node step, Map<String, Object> tuple, Object context, Object value, int index) {
    if (step.focus == null) {
      tuple.put("@", value);
    } else {
      tuple.put(step.focus, value);
    }
    if (step.index != null) {
      tuple.put(step.index, (double) index);
    }
    if (step.ancestor != null) {
      tuple.put(step.ancestor.label, context);
    }
  }

  private Object filter(Node predicate, Object input, Frame frame) {
    List<?> all = input instanceof List<?> list ? list : Items.sequenceOf(input);
    boolean inTuples = all instanceof Items items && items.tuples;
    Items results = Items.sequence();
    results.tuples = inTuples;
    if (predicate.is(Kind.NUMBER)) {
      double index = Math.floor((Double) predicate.value);
      index = index < 0 ? all.size() + index : index;
      Object item = index >= 0 && index < all.size() ? all.get((int) index) : null;
      if (item instanceof List<?>) {
        return item;
      }
      if (item != null) {
        results.add(item);
      }
      return results;
    }
    for (int i = 0; i < all.size(); i++) {
      Object item = all.get(i);
      Object result =
          inTuples
              ? evaluate(predicate, tuple(item).get("@"), frame.inner(tuple(item)))
              : evaluate(predicate, item, frame);
      int times =
          isNumbers(result)
              ? occurrences(result, i, all.size())
              : Data.isTrue(result, budget) ? 1 : 0;
      for (; times > 0; times--) {
        budget.takeItems(1);
        results.add(item);
      }
    }
    return results;
  }

  private boolean isNumbers(Object value) {
    if (!(value instanceof List<?> list)) {
      return Numbers.isNumeric(value);
    }
    for (Object item : list) {
      budget.step();
      if (!Numbers.isNumeric(item)) {
        return false;
      }
    }
    return true;
  }

  /** How often a position is among numbers, of which negative ones count from the end. */
  private static int occurrences(Object numbers, int position, int size) {
    List<?> all = numbers instanceof List<?> list ? list : List.of(numbers);
    int times = 0;
    for (Object number : all) {
      double index = Math.floor((Double) number);
      times += (index < 0 ? size + index : index) == position ? 1 : 0;
    }
    return times;
  }

  private Object wildcard(Object value) {
    Object input = value instanceof Items items && items.outer ? items.getFirst() : value;
    Object results = Items.sequence();
    if (input instanceof List<?> || input instanceof Map<?, ?>) {
      for (Object item : input instanceof Map<?, ?> map ? map.values() : (List<?>) input) {
        if (item instanceof List<?> list) {
          Items flat = new Items();
          flatten(list, flat);
          results = Data.append(results, flat, budget);
        } else {
          budget.takeItems(1);
          ((Items) results).add(item);
        }
      }
    }
    return results;
  }

  private void flatten(List<?> list, Items flat) {
    budget.enterValue();
    for (Object item : list) {
      if (item instanceof List<?> inner) {
        flatten(inner, flat);
      } else {
        budget.takeItems(1);
        flat.add(item);
      }
    }
    budget.leaveValue();
  }

  private Object descendants(Object input) {
    if (input == null) {
      return null;
    }
    Items all = Items.sequence();
    descend(input, all);
    return all.size() == 1 ? all.getFirst() : all;
  }

  private void descend(Object value, Items all) {
    budget.enterValue();
    if (value instanceof List<?> list) {
      list.forEach(item -> descend(item, all));
    } else {
      budget.takeItems(1);
      all.add(value);
      if (value instanceof Map<?, ?> map) {
        map.values().forEach(field -> descend(field, all));
      }
    }
    budget.leaveValue();
  }

  /** Merges, and so keeps the order of what the terms do not tell apart. */
  private List<?> sorted(Node sort, List<?> input, Frame frame) {
    boolean inTuples = input instanceof Items items && items.tuples;
    return Sorting.sort(
        input,
        (left, right) -> {
          for (Node.Term term : sort.terms) {
            Object one = key(term, left, inTuples, frame);
            Object other = key(term, right, inTuples, frame);
            int order = Sorting.compare(one, other);
            if (order != 0) {
              boolean defined = one != null && other != null;
              return (term.descending() && defined ? -order : order) > 0;
            }
          }
          return false;
        },
        budget);
  }

  private Object key(Node.Term term, Object item, boolean inTuples, Frame frame) {
    return inTuples
        ? evaluate(term.expression(), tuple(item).get("@"), frame.inner(tuple(item)))
        : evaluate(term.expression(), item, frame);
  }

  // Operators

  private Object binary(Node node, Object input, Frame frame) {
    Object left = evaluate(node.lhs, input, frame);
    String operator = (String) node.value;
    return switch (operator) {
      case "and" ->
          Data.isTrue(left, budget) && Data.isTrue(evaluate(node.rhs, input, frame), budget);
      case "or" ->
          Data.isTrue(left, budget) || Data.isTrue(evaluate(node.rhs, input, frame), budget);
      default -> Operators.apply(operator, left, evaluate(node.rhs, input, frame), budget);
    };
  }

  private static Object negation(Object value) {
    if (value == null) {
      return null;
    }
    if (!Numbers.isNumeric(value)) {
      throw new JsonataException("D1002", "Cannot negate a non-numeric value");
    }
    return -(Double) value;
  }

  private Object array(Node node, Object input, Frame frame) {
    Items array = new Items();
    for (Node part : node.parts) {
      Object value = evaluate(part, input, frame);
      if (value instanceof List<?> list && !part.is(Kind.ARRAY)) {
        budget.takeItems(list.size());
        array.addAll(list);
      } else if (value != null) {
        budget.takeItems(1);
        array.add(value);
      }
    }
    array.constructed = node.constructed;
    return array;
  }

  private Object block(Node node, Object input, Frame frame) {
    Frame inner = frame.inner();
    Object result = null;
    for (Node part : node.parts) {
      result = evaluate(part, input, inner);
    }
    return result;
  }

  /** The values that one key has, and the pair that gave the key. */
  private static final class Entry {
    final int pair;
    Object data;

    Entry(int pair, Object data) {
      this.pair = pair;
      this.data = data;
    }
  }

  private Map<String, Object> group(Node node, Object input, Frame frame) {
    boolean inTuples = input instanceof Items items && items.tuples;
    List<?> given = input instanceof List<?> list ? list : Items.sequenceOf(input);
    // An object may be written where there is nothing.
    List<?> all = given.isEmpty() ? Items.sequenceOf(null) : given;
    Map<String, Entry> groups = new LinkedHashMap<>();
    for (Object item : all) {
      Frame inner = inTuples && item != null ? frame.inner(tuple(item)) : frame;
      Object context = inTuples && item != null ? tuple(item).get("@") : item;
      for (int pair = 0; pair < node.pairs.size(); pair++) {
        Object key = evaluate(node.pairs.get(pair)[0], context, inner);
        if (key != null && !(key instanceof String)) {
          throw new JsonataException(
              "T1003",
              "Key in object structure must evaluate to a string; got: "
                  + JsonWriter.text(key, false, budget));
        }
        if (key != null) {
          add(groups, (String) key, pair, item);
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    groups.forEach(
        (key, entry) -> {
          Object value = groupValue(node.pairs.get(entry.pair)[1], entry.data, inTuples, frame);
          if (value != null) {
            budget.take(64);
            result.put(key, value);
          }
        });
    return result;
  }

  private void add(Map<String, Entry> groups, String key, int pair, Object item) {
    Entry entry = groups.get(key);
    if (entry == null) {
      budget.take(96 + 2.0 * key.length());
      groups.put(key, new Entry(pair, item));
      return;
    }
    if (entry.pair != pair) {
      throw new JsonataException(
          "D1009", "Multiple key definitions evaluate to same key: \"" + key + "\"");
    }
    entry.data = Data.append(entry.data, item, budget);
  }

  private Object groupValue(Node value, Object data, boolean inTuples, Frame frame) {
    if (!inTuples || data == null) {
      return evaluate(value, data, frame);
    }
    Map<String, Object> tuple = new LinkedHashMap<>();
    for (Object each : data instanceof List<?> list ? list : List.of(data)) {
      tuple(each)
          .forEach((name, part) -> tuple.put(name, Data.append(tuple.get(name), part, budget)));
    }
    Object context = tuple.remove("@");
    return evaluate(value, context, frame.inner(tuple));
  }

  // Functions

  private Lambda lambda(Node node, Object input, Frame frame) {
    budget.take(100);
    List<String> parameters = node.parts.stream().map(part -> (String) part.value).toList();
    return new Lambda(parameters, node.rhs, null, input, frame, node.signature, node.tailCall);
  }

  /**
   * @param first what comes before the arguments that are written
   */
  private Object call(Node node, Object input, Frame frame, List<?> first) {
    Object procedure = evaluate(node.lhs, input, frame);
    if (procedure == null) {
      Object name = forgottenDollar(node, frame);
      if (name != null) {
        throw new JsonataException(
            "T1005", "Attempted to invoke a non-function. Did you mean $" + name + "?");
      }
    }
    List<Object> arguments = new ArrayList<>(first);
    for (Node part : node.parts) {
      arguments.add(handedOver(evaluate(part, input, frame)));
    }
    return apply(procedure, arguments, input);
  }

  private static Object handedOver(Object argument) {
    return argument instanceof Callable function && !(function instanceof Closure)
        ? new Closure(function)
        : argument;
  }

  /** The name, if a function's name was written without its dollar. */
  private static Object forgottenDollar(Node node, Frame frame) {
    if (!node.lhs.is(Kind.PATH) || !(node.lhs.parts.getFirst().value instanceof String name)) {
      return null;
    }
    return frame.lookup(name) == null ? null : name;
  }

  /** Calls a function without a context value. */
  Object call(Callable function, Object... arguments) {
    List<Object> list = new ArrayList<>(arguments.length);
    Collections.addAll(list, arguments);
    return apply(function, list, Null.NULL);
  }

  /** Calls a function, and then what it calls at its end. */
  Object apply(Object function, List<Object> arguments, Object input) {
    Object result = applyOnce(function, arguments, input);
    while (result instanceof Lambda later && later.tailCall()) {
      budget.step();
      Node call = later.body();
      Object next = evaluate(call.lhs, later.input(), later.frame());
      List<Object> values = new ArrayList<>();
      for (Node part : call.parts) {
        values.add(handedOver(evaluate(part, later.input(), later.frame())));
      }
      result = applyOnce(next, values, input);
    }
    return result;
  }

  private Object applyOnce(Object function, List<Object> arguments, Object input) {
    return switch (function) {
      case Closure closure -> apply(closure.target(), arguments, Null.NULL);
      case Lambda lambda -> {
        Signature signature = lambda.signature();
        yield call(lambda, signature == null ? arguments : signature.validate(arguments, input));
      }
      case Builtin builtin -> {
        Signature signature = builtin.signature();
        yield builtin.call(
            signature == null ? arguments : signature.validate(arguments, input), this);
      }
      case RegexFunction regex -> {
        Arguments given = new Arguments(arguments);
        yield regex.call(given.at(0), given.at(1), budget);
      }
      case null -> throw noFunction();
      default -> throw noFunction();
    };
  }

  private static JsonataException noFunction() {
    return new JsonataException("T1006", "Attempted to invoke a non-function");
  }

  private static JsonataException noFunctionInPart() {
    return new JsonataException("T1008", "Attempted to partially apply a non-function");
  }

  private Object call(Lambda lambda, List<Object> arguments) {
    budget.take(64);
    Frame frame = lambda.frame().inner();
    for (int i = 0; i < lambda.parameters().size(); i++) {
      frame.bind(lambda.parameters().get(i), i < arguments.size() ? arguments.get(i) : null);
    }
    if (lambda.builtin() == null) {
      return evaluate(lambda.body(), lambda.input(), frame);
    }
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < lambda.builtin().arity(); i++) {
      all.add(frame.lookup(parameter(i)));
    }
    return lambda.builtin().call(all, this);
  }

  /** The name under which an argument of a function of the library is bound. */
  private static String parameter(int index) {
    return "!argument" + index;
  }

  private Object partial(Node node, Object input, Frame frame) {
    List<Object> arguments = new ArrayList<>();
    for (Node part : node.parts) {
      arguments.add(part.is(Kind.OPERATOR) ? part : evaluate(part, input, frame));
    }
    Object procedure = evaluate(node.lhs, input, frame);
    Object name = procedure == null ? forgottenDollar(node, frame) : null;
    if (name != null) {
      throw new JsonataException(
          "T1007", "Attempted to partially apply a non-function. Did you mean $" + name + "?");
    }
    Object function = procedure instanceof Closure closure ? closure.target() : procedure;
    return switch (function) {
      case Lambda lambda ->
          partial(lambda.parameters(), lambda.body(), lambda.builtin(), lambda, arguments);
      case Builtin builtin -> partial(builtin, arguments, frame);
      case RegexFunction regex ->
          partial(
              new Builtin(
                  "regex",
                  2,
                  null,
                  (given, ignored) -> regex.call(given.at(0), given.at(1), budget)),
              arguments,
              frame);
      case null -> throw noFunctionInPart();
      default -> throw noFunctionInPart();
    };
  }

  private Lambda partial(Builtin builtin, List<Object> arguments, Frame frame) {
    List<String> names =
        IntStream.range(0, builtin.arity()).mapToObj(Evaluation::parameter).toList();
    Lambda whole = new Lambda(names, null, builtin, null, frame, null, false);
    return partial(names, null, builtin, whole, arguments);
  }

  private Lambda partial(
      List<String> parameters, Node body, Builtin builtin, Lambda whole, List<Object> arguments) {
    budget.take(100);
    Frame frame = whole.frame().inner();
    List<String> open = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Object argument = i < arguments.size() ? arguments.get(i) : null;
      if (argument instanceof Node) {
        open.add(parameters.get(i));
      } else {
        frame.bind(parameters.get(i), argument);
      }
    }
    return new Lambda(open, body, builtin, whole.input(), frame, null, false);
  }

  private Object applied(Node node, Object input, Frame frame) {
    Object left = evaluate(node.lhs, input, frame);
    if (node.rhs.is(Kind.FUNCTION)) {
      List<Object> first = new ArrayList<>();
      first.add(left);
      return call(node.rhs, input, frame, first);
    }
    Object right = evaluate(node.rhs, input, frame);
    if (!(right instanceof Callable function)) {
      throw new JsonataException(
          "T2006", "The right side of the function application operator ~> must be a function");
    }
    if (left instanceof Callable) {
      return call((Callable) evaluate(CHAIN, null, frame), left, right);
    }
    return call(function, left);
  }

  // Transformation

  private Object transform(Node node, Object value, Frame frame) {
    if (value == null) {
      return null;
    }
    Set<Object> changeable = Collections.newSetFromMap(new IdentityHashMap<>());
    Object result = copy(value, changeable);
    Object matches = evaluate(node.lhs, result, frame);
    for (Object match :
        matches instanceof List<?> list ? new ArrayList<>(list) : singleton(matches)) {
      Object update = evaluate(node.rhs, match, frame);
      if (update != null && !(update instanceof Map<?, ?>)) {
        throw new JsonataException(
            "T2011",
            "The insert/update clause of the transform expression must evaluate to an object: "
                + JsonWriter.text(update, false, budget));
      }
      // A value outside the copy stays as it is: others may see it.
      Map<String, Object> target =
          changeable.contains(match) ? tuple(match) : new LinkedHashMap<>();
      if (update instanceof Map<?, ?> fields) {
        if (!fields.isEmpty() && !(match instanceof Map<?, ?> || match instanceof List<?>)) {
          throw new JsonataException(
              null, "The transform expression can only change objects, and not: " + match);
        }
        fields.forEach(
            (key, field) -> {
              budget.take(64);
              target.put((String) key, field);
            });
      }
      Object deletions = node.other == null ? null : evaluate(node.other, match, frame);
      for (Object name : deletions instanceof List<?> list ? list : singleton(deletions)) {
        if (!(name instanceof String)) {
          throw new JsonataException(
              "T2012",
              "The delete clause of the transform expression must evaluate to a string or array of"
                  + " strings: "
                  + JsonWriter.text(deletions, false, budget));
        }
        target.remove(name);
      }
    }
    return result;
  }

  private static List<?> singleton(Object value) {
    return value == null ? List.of() : Items.sequenceOf(value);
  }

  /** A copy by way of JSON, as {@code $clone} makes. */
  Object copy(Object value) {
    return copy(value, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /**
   * @param objects where to note the copied objects
   */
  private Object copy(Object value, Set<Object> objects) {
    budget.step();
    return switch (value) {
      case null -> Null.NULL;
      case Double number -> Numbers.isNumeric(number) ? Numbers.shortened(number) : Null.NULL;
      case Callable ignored -> "";
      case List<?> list -> {
        budget.enterValue();
        budget.takeItems(list.size());
        Items copies = new Items(list.size());
        list.forEach(item -> copies.add(copy(item, objects)));
        budget.leaveValue();
        yield copies;
      }
      case Map<?, ?> map -> {
        budget.enterValue();
        budget.take(64.0 * map.size() + 64);
        Map<String, Object> copies = new LinkedHashMap<>();
        map.forEach((key, field) -> copies.put((String) key, copy(field, objects)));
        objects.add(copies);
        budget.leaveValue();
        yield copies;
      }
      default -> value;
    };
  }
}
