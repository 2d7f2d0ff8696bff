package dev.slipway.local.asl.jsonata;

import dev.slipway.local.asl.jsonata.Node.Kind;
import dev.slipway.local.asl.jsonata.Node.Slot;
import dev.slipway.local.asl.jsonata.Node.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * The second pass: chains of dots become paths, predicates go to their steps, calls at the end of a
 * function are marked, and each {@code %} finds the step whose value it stands for.
 */
final class Refiner {
  private final List<Slot> slots = new ArrayList<>();
  private int depth;

  /** Fails with one of the reference's codes that begin with {@code S}. */
  Node refine(Node parsed) {
    Node whole = process(parsed);
    if (whole.is(Kind.PARENT) || !whole.seeking.isEmpty()) {
      throw noParent();
    }
    return whole;
  }

  private static JsonataException noParent() {
    return new JsonataException(
        "S0217", "The object representing the 'parent' cannot be derived from this expression");
  }

  private Node process(Node node) {
    if (++depth > Parser.DEEPEST) {
      throw new JsonataException(null, "The expression is nested too deep");
    }
    Node result =
        switch (node.kind) {
          case BINARY -> binary(node);
          case NEGATION -> negation(node);
          case ARRAY, BLOCK -> parts(node);
          case OBJECT -> object(node);
          case FUNCTION, PARTIAL -> call(node);
          case LAMBDA -> {
            node.rhs = tailCall(process(node.rhs));
            yield node;
          }
          case CONDITION -> condition(node);
          case TRANSFORM -> {
            node.lhs = process(node.lhs);
            node.rhs = process(node.rhs);
            node.other = node.other == null ? null : process(node.other);
            yield node;
          }
          case NAME -> {
            Node path = path(node);
            path.keepSingletonArray = node.keepArray;
            yield path;
          }
          case PARENT -> {
            node.slot = new Slot("!" + slots.size());
            slots.add(node.slot);
            yield node;
          }
          case OPERATOR -> {
            if (node.value.equals("?")) {
              yield node;
            }
            node.kind = Kind.NAME;
            yield process(node);
          }
          case END -> throw new JsonataException("S0207", "Unexpected end of expression");
          default -> node;
        };
    result.keepArray |= node.keepArray;
    depth--;
    return result;
  }

  private static Node path(Node step) {
    Node path = new Node(Kind.PATH, null);
    path.parts = new ArrayList<>(List.of(step));
    return path;
  }

  private Node binary(Node node) {
    return switch ((String) node.value) {
      case "." -> step(node);
      case "[" -> predicate(node);
      case "{" -> group(node);
      case "^" -> order(node);
      case ":=" -> {
        node.kind = Kind.BIND;
        node.rhs = process(node.rhs);
        seek(node, node.rhs);
        yield node;
      }
      case "@" -> focus(node);
      case "#" -> index(node);
      case "~>" -> {
        node.kind = Kind.APPLY;
        node.lhs = process(node.lhs);
        node.rhs = process(node.rhs);
        node.keepArray = node.lhs.keepArray || node.rhs.keepArray;
        yield node;
      }
      default -> {
        node.lhs = process(node.lhs);
        node.rhs = process(node.rhs);
        seek(node, node.lhs);
        seek(node, node.rhs);
        yield node;
      }
    };
  }

  private Node step(Node node) {
    Node first = process(node.lhs);
    Node path = first.is(Kind.PATH) ? first : path(first);
    if (first.is(Kind.PARENT)) {
      path.seeking = List.of(first.slot);
    }
    Node rest = process(node.rhs);
    if (rest.is(Kind.PATH)) {
      path.parts.addAll(rest.parts);
    } else {
      rest.stages = Node.with(rest.stages, rest.predicates);
      rest.predicates = List.of();
      path.parts.add(rest);
    }
    for (Node step : path.parts) {
      if (step.is(Kind.NUMBER) || step.is(Kind.VALUE)) {
        throw new JsonataException(
            "S0213",
            "The literal value %s cannot be used as a step within a path expression"
                .formatted(step.value));
      }
      if (step.is(Kind.STRING)) {
        step.kind = Kind.NAME;
      }
      path.keepSingletonArray |= step.keepArray;
    }
    path.parts.getFirst().constructed |= path.parts.getFirst().is(Kind.ARRAY);
    path.parts.getLast().constructed |= path.parts.getLast().is(Kind.ARRAY);
    resolve(path);
    return path;
  }

  private static Node lastStep(Node node) {
    return node.is(Kind.PATH) ? node.parts.getLast() : node;
  }

  private Node predicate(Node node) {
    Node result = process(node.lhs);
    Node step = lastStep(result);
    if (step.group != null) {
      throw new JsonataException(
          "S0209", "A predicate cannot follow a grouping expression in a step");
    }
    Node condition = process(node.rhs);
    if (!condition.seeking.isEmpty()) {
      for (Slot slot : condition.seeking) {
        if (slot.level == 1) {
          seekParent(step, slot);
        } else {
          slot.level--;
        }
      }
      seek(step, condition);
    }
    Node filter = new Node(Kind.FILTER, null);
    filter.rhs = condition;
    if (result.is(Kind.PATH)) {
      step.stages = Node.with(step.stages, List.of(filter));
    } else {
      step.predicates = Node.with(step.predicates, List.of(filter));
    }
    return result;
  }

  private Node group(Node node) {
    Node result = process(node.lhs);
    if (result.group != null) {
      throw new JsonataException("S0210", "Each step can only have one grouping expression");
    }
    result.group = new Node(Kind.OBJECT, "{");
    result.group.pairs =
        node.pairs.stream().map(pair -> new Node[] {process(pair[0]), process(pair[1])}).toList();
    return result;
  }

  private Node order(Node node) {
    Node result = process(node.lhs);
    if (!result.is(Kind.PATH)) {
      result = path(result);
    }
    Node sort = new Node(Kind.SORT, "^");
    sort.terms = new ArrayList<>();
    for (Term term : node.terms) {
      Node expression = process(term.expression());
      seek(sort, expression);
      sort.terms.add(new Term(term.descending(), expression));
    }
    result.parts.add(sort);
    resolve(result);
    return result;
  }

  private Node focus(Node node) {
    Node result = process(node.lhs);
    Node step = lastStep(result);
    if (!step.stages.isEmpty() || !step.predicates.isEmpty()) {
      throw new JsonataException(
          "S0215", "A context variable binding must precede any predicates on a step");
    }
    if (step.is(Kind.SORT)) {
      throw new JsonataException(
          "S0216", "A context variable binding must precede the 'order-by' clause on a step");
    }
    step.keepArray |= node.keepArray;
    step.focus = (String) node.rhs.value;
    step.tuple = true;
    return result;
  }

  private Node index(Node node) {
    Node result = process(node.lhs);
    Node step = lastStep(result);
    if (!result.is(Kind.PATH)) {
      result = path(result);
      step.stages = Node.with(step.stages, step.predicates);
      step.predicates = List.of();
    }
    if (step.stages.isEmpty()) {
      step.index = (String) node.rhs.value;
    } else {
      step.stages = Node.with(step.stages, List.of(new Node(Kind.INDEX, node.rhs.value)));
    }
    step.tuple = true;
    return result;
  }

  private Node negation(Node node) {
    node.lhs = process(node.lhs);
    if (node.lhs.is(Kind.NUMBER)) {
      node.lhs.value = -(Double) node.lhs.value;
      return node.lhs;
    }
    seek(node, node.lhs);
    return node;
  }

  private Node parts(Node node) {
    for (int i = 0; i < node.parts.size(); i++) {
      Node part = process(node.parts.get(i));
      seek(node, part);
      node.parts.set(i, part);
      node.constructed |=
          node.is(Kind.BLOCK)
              && (part.constructed || (part.is(Kind.PATH) && part.parts.getFirst().constructed));
    }
    return node;
  }

  private Node object(Node node) {
    for (Node[] pair : node.pairs) {
      for (int i = 0; i < pair.length; i++) {
        pair[i] = process(pair[i]);
        seek(node, pair[i]);
      }
    }
    return node;
  }

  private Node call(Node node) {
    parts(node);
    node.lhs = process(node.lhs);
    return node;
  }

  private Node condition(Node node) {
    node.lhs = process(node.lhs);
    seek(node, node.lhs);
    node.rhs = process(node.rhs);
    seek(node, node.rhs);
    if (node.other != null) {
      node.other = process(node.other);
      seek(node, node.other);
    }
    return node;
  }

  /** A call at the end of a function is made when the function has returned. */
  private static Node tailCall(Node node) {
    switch (node.kind) {
      case FUNCTION -> {
        if (node.predicates.isEmpty()) {
          Node later = new Node(Kind.LAMBDA, null);
          later.tailCall = true;
          later.rhs = node;
          return later;
        }
      }
      case CONDITION -> {
        node.rhs = tailCall(node.rhs);
        node.other = node.other == null ? null : tailCall(node.other);
      }
      case BLOCK -> {
        if (!node.parts.isEmpty()) {
          node.parts.set(node.parts.size() - 1, tailCall(node.parts.getLast()));
        }
      }
      default -> {}
    }
    return node;
  }

  /** The whole looks for each ancestor that a part looks for. */
  private static void seek(Node whole, Node part) {
    List<Slot> sought =
        part.is(Kind.PARENT) ? Node.with(part.seeking, List.of(part.slot)) : part.seeking;
    if (!sought.isEmpty()) {
      whole.seeking = Node.with(whole.seeking, sought);
    }
  }

  private void resolve(Node path) {
    Node last = path.parts.getLast();
    List<Slot> sought =
        last.is(Kind.PARENT) ? Node.with(last.seeking, List.of(last.slot)) : last.seeking;
    for (Slot sought1 : sought) {
      Slot slot = sought1;
      int at = path.parts.size() - 2;
      while (slot.level > 0) {
        if (at < 0) {
          path.seeking = Node.with(path.seeking, List.of(slot));
          break;
        }
        Node step = path.parts.get(at--);
        while (at >= 0 && step.focus != null && path.parts.get(at).focus != null) {
          step = path.parts.get(at--);
        }
        slot = seekParent(step, slot);
      }
    }
  }

  private Slot seekParent(Node node, Slot slot) {
    switch (node.kind) {
      case NAME, WILDCARD -> {
        if (--slot.level == 0) {
          if (node.ancestor != null) {
            // Both stand for the same value, and so have one name.
            slot.label = node.ancestor.label;
          }
          node.ancestor = slot;
          node.tuple = true;
        }
        return slot;
      }
      case PARENT -> {
        slot.level++;
        return slot;
      }
      case BLOCK -> {
        if (node.parts.isEmpty()) {
          return slot;
        }
        node.tuple = true;
        return seekParent(node.parts.getLast(), slot);
      }
      case PATH -> {
        node.tuple = true;
        int at = node.parts.size() - 1;
        Slot found = seekParent(node.parts.get(at--), slot);
        while (found.level > 0 && at >= 0) {
          found = seekParent(node.parts.get(at--), found);
        }
        return found;
      }
      default -> throw noParent();
    }
  }
}
