package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** JSON as DynamoDB's attribute values, so that items are readable in the console. */
final class AttributeTree {
  private AttributeTree() {}

  static AttributeValue of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> AttributeValue.fromM(ofFields(node));
      case ARRAY ->
          AttributeValue.fromL(
              StreamSupport.stream(node.spliterator(), false).map(AttributeTree::of).toList());
      case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
      case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
      case STRING -> AttributeValue.fromS(node.textValue());
      default -> AttributeValue.fromNul(true);
    };
  }

  static Map<String, AttributeValue> ofFields(JsonNode object) {
    Map<String, AttributeValue> fields = new LinkedHashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
    return fields;
  }

  static JsonNode toJson(AttributeValue value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value.type()) {
      case M -> {
        ObjectNode object = json.objectNode();
        value.m().forEach((name, field) -> object.set(name, toJson(field)));
        yield object;
      }
      case L -> {
        var array = json.arrayNode();
        value.l().forEach(element -> array.add(toJson(element)));
        yield array;
      }
      case BOOL -> json.booleanNode(value.bool());
      case N -> number(value.n());
      case S -> json.textNode(value.s());
      case B -> json.binaryNode(value.b().asByteArray());
      default -> json.nullNode();
    };
  }

  /** The same of an attribute as DynamoDB's streams tell it: {@code {"S": "…"}}. */
  static JsonNode told(JsonNode value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value.has("M")) {
      ObjectNode object = json.objectNode();
      value
          .get("M")
          .properties()
          .forEach(field -> object.set(field.getKey(), told(field.getValue())));
      return object;
    }
    if (value.has("L")) {
      var array = json.arrayNode();
      value.get("L").forEach(element -> array.add(told(element)));
      return array;
    }
    if (value.has("BOOL")) {
      return json.booleanNode(value.get("BOOL").booleanValue());
    }
    if (value.has("N")) {
      return number(value.get("N").textValue());
    }
    return value.has("S") ? json.textNode(value.get("S").textValue()) : json.nullNode();
  }

  private static JsonNode number(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
      return JsonNodeFactory.instance.numberNode(number.longValueExact());
    }
    return JsonNodeFactory.instance.numberNode(number);
  }
}
