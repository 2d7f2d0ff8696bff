package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a parsed expression. As in the reference, the second pass of the parser notes on parts
 * what later ones ask of them.
 */
public final class Node {
  /** The kind of node. */
  public enum Kind {
    /** Steps, one after another; {@code parts}. */
    PATH,
    /** {@code lhs value rhs}. */
    BINARY,
    /** {@code -lhs}. */
    NEGATION,
    /** {@code parts}. */
    ARRAY,
    /** {@code pairs}. */
    OBJECT,
    /** A field's name. */
    NAME,
    STRING,
    NUMBER,
    /** A boolean or null. */
    VALUE,
    WILDCARD,
    DESCENDANT,
    PARENT,
    /** {@code lhs ? rhs : other}. */
    CONDITION,
    BLOCK,
    /** {@code lhs := rhs}. */
    BIND,
    REGEX,
    /** {@code lhs(parts)}. */
    FUNCTION,
    /** A function that is applied in part. */
    PARTIAL,
    VARIABLE,
    /** {@code function(parts) { rhs }}. */
    LAMBDA,
    /** {@code lhs ~> rhs}. */
    APPLY,
    /** {@code | lhs | rhs, other |}. */
    TRANSFORM,
    /** {@code terms}, a step of a path. */
    SORT,
    /** {@code rhs}, a stage of a step. */
    FILTER,
    /** A variable for the position, a stage of a step. */
    INDEX,
    OPERATOR,
    END
  }

  /** One key of an order. */
  record Term(boolean descending, Node expression) {}

  /** The ancestor that a {@code %} stands for. */
  static final class Slot {
    String label;
    int level = 1;

    Slot(String label) {
      this.label = label;
    }
  }

  Kind kind;
  Object value;
  Node lhs;
  Node rhs;
  Node other;
  List<Node> parts = List.of();
  List<Node[]> pairs = List.of();
  List<Term> terms = List.of();
  Signature signature;
  boolean tailCall;

  List<Node> predicates = List.of();
  List<Node> stages = List.of();
  Node group;
  boolean keepArray;
  boolean keepSingletonArray;
  boolean constructed;
  boolean tuple;
  String focus;
  String index;
  Slot ancestor;
  Slot slot;
  List<Slot> seeking = List.of();

  Node(Kind kind, Object value) {
    this.kind = kind;
    this.value = value;
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean is(Kind wanted, String wantedValue) {
    return kind == wanted && wantedValue.equals(value);
  }

  public Kind kind() {
    return kind;
  }

  /** A name, an operator, or a literal value. */
  public Object value() {
    return value;
  }

  /** The steps of a path. */
  public List<Node> steps() {
    return parts;
  }

  /** The target of the assignment; null if this is no assignment. */
  public Node assigned() {
    return kind == Kind.BIND ? lhs : null;
  }

  /** Gets a part, and whether there is a context value for it that this part gives. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Node child, boolean context);
  }

  /** Shows all parts, but not the names of parameters. */
  public void children(Visitor visitor) {
    boolean transform = kind == Kind.TRANSFORM;
    visit(lhs, transform, visitor);
    for (int i = 0; i < parts.size() && kind != Kind.LAMBDA; i++) {
      visit(parts.get(i), kind == Kind.PATH && i > 0, visitor);
    }
    visit(rhs, transform || kind == Kind.FILTER, visitor);
    visit(other, transform, visitor);
    terms.forEach(term -> visitor.visit(term.expression(), true));
    pairs.forEach(pair -> visitAll(List.of(pair), false, visitor));
    visitAll(predicates, true, visitor);
    visitAll(stages, true, visitor);
    if (group != null) {
      group.pairs.forEach(pair -> visitAll(List.of(pair), true, visitor));
    }
  }

  private static void visitAll(List<Node> nodes, boolean context, Visitor visitor) {
    nodes.forEach(node -> visitor.visit(node, context));
  }

  private static void visit(Node node, boolean context, Visitor visitor) {
    if (node != null) {
      visitor.visit(node, context);
    }
  }

  static <T> List<T> with(List<T> list, List<? extends T> more) {
    List<T> longer = new ArrayList<>(list);
    longer.addAll(more);
    return longer;
  }
}
