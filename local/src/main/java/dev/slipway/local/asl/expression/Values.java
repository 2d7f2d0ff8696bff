package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as JSONata knows them, and back. JSON's null is a value there, not an absence. */
final class Values {
  /** Above this, a double no longer tells integers apart. */
  private static final double LARGEST_EXACT_INTEGER = 9_007_199_254_740_992.0;

  private Values() {}

  static Object toJsonata(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(field -> map.put(field.getKey(), toJsonata(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(toJsonata(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> Jsonata.NULL_VALUE;
    };
  }

  private static Number number(JsonNode node) {
    return switch (node.numberValue()) {
      case Integer i -> i;
      case Long l -> l;
      case Number other -> other.doubleValue();
    };
  }

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException if it is, or contains, what JSON has no form for
   */
  static JsonNode toJson(Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case null -> json.nullNode();
      case String text -> json.textNode(text);
      case Boolean bool -> json.booleanNode(bool);
      case Number number -> number(number);
      case Map<?, ?> map -> {
        ObjectNode object = json.objectNode();
        map.forEach((key, element) -> object.set((String) key, toJson(element)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = json.arrayNode(list.size());
        list.forEach(element -> array.add(toJson(element)));
        yield array;
      }
      default -> {
        if (value == Jsonata.NULL_VALUE) {
          yield json.nullNode();
        }
        throw new IllegalArgumentException(value.getClass().getName());
      }
    };
  }

  private static JsonNode number(Number number) {
    return switch (number) {
      case Integer i -> IntNode.valueOf(i);
      case Long l -> integer(l);
      case BigInteger big -> JsonNodeFactory.instance.numberNode(big);
      case BigDecimal decimal -> DecimalNode.valueOf(decimal);
      default -> {
        double d = number.doubleValue();
        if (d == Math.rint(d) && Math.abs(d) <= LARGEST_EXACT_INTEGER) {
          yield integer((long) d);
        }
        yield DoubleNode.valueOf(d);
      }
    };
  }

  private static JsonNode integer(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
