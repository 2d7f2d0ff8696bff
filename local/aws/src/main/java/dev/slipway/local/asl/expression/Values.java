package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.jsonata.Budget;
import dev.slipway.local.asl.jsonata.Callable;
import dev.slipway.local.asl.jsonata.Items;
import dev.slipway.local.asl.jsonata.Null;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as JSONata knows them, and back. JSON's null is a value there, not an absence. */
final class Values {
  /** From here on, JavaScript writes integers with an exponent. */
  private static final double EXPONENT_FROM = 1e21;

  /** Bytes, roughly, of a node of a tree. */
  private static final int NODE = 50;

  private Values() {}

  /** There is a value that JSON has no form for. */
  static final class UnsupportedTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnsupportedTypeException() {
      super(null, null, false, false);
    }
  }

  static Object toJsonata(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(field -> map.put(field.getKey(), toJsonata(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        Items list = new Items();
        node.forEach(element -> list.add(toJsonata(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.doubleValue();
      default -> Null.NULL;
    };
  }

  /**
   * The value as JSON. Functions in an object are left out, as JSON has none.
   *
   * @throws UnsupportedTypeException if it is, or contains, a value that JSON has no form for
   */
  static JsonNode toJson(Object value, Budget budget) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    budget.take(NODE);
    budget.step();
    return switch (value) {
      case null -> json.nullNode();
      case Null ignored -> json.nullNode();
      case String text -> json.textNode(text);
      case Boolean truth -> json.booleanNode(truth);
      case Double number -> number(number);
      case Map<?, ?> map -> {
        ObjectNode object = json.objectNode();
        budget.enterValue();
        map.forEach(
            (key, field) -> {
              if (field != null && !(field instanceof Callable)) {
                object.set((String) key, toJson(field, budget));
              }
            });
        budget.leaveValue();
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = json.arrayNode(list.size());
        budget.enterValue();
        list.forEach(element -> array.add(toJson(element, budget)));
        budget.leaveValue();
        yield array;
      }
      default -> throw new UnsupportedTypeException();
    };
  }

  private static JsonNode number(double number) {
    if (!Double.isFinite(number)) {
      throw new UnsupportedTypeException();
    }
    if (number != Math.rint(number) || Math.abs(number) >= EXPONENT_FROM) {
      return DoubleNode.valueOf(number);
    }
    if (number == (int) number) {
      return IntNode.valueOf((int) number);
    }
    // The digits that JavaScript writes, which are no more than tell the number from its
    // neighbours.
    BigDecimal digits = new BigDecimal(Double.toString(number));
    return Math.abs(number) < Long.MAX_VALUE
        ? LongNode.valueOf(digits.longValue())
        : BigIntegerNode.valueOf(digits.toBigInteger());
  }
}
