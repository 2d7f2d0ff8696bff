package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A JSON value of a definition in which strings of the form <code>{% expression %}</code> stand for
 * what the expression gives. Immutable.
 */
public sealed interface Template {

  /**
   * The value.
   *
   * @param location the field, for messages; parts of it are told as {@code Field/key} and {@code
   *     Field[index]}
   * @throws EvaluationException if an expression gives nothing
   */
  JsonNode evaluate(Scope scope, String location);

  /**
   * Tells of each expression where it stands, such as {@code /key[0]}, and which fields of {@code
   * $states} it mentions; {@code *} for all.
   */
  void eachExpression(String path, BiConsumer<String, Set<String>> told);

  /** The expression, if the whole value is one; cited in messages. */
  default String source() {
    return null;
  }

  /** A failure of the value, in the words used for expressions or for values. */
  default EvaluationException failure(String location, String what) {
    return new EvaluationException(location, "The field '" + location + "' " + what);
  }

  /**
   * Reads a template.
   *
   * @throws ExpressionSyntaxException if an expression is refused
   */
  static Template parse(JsonNode value) {
    return parse(value, "");
  }

  private static Template parse(JsonNode value, String path) {
    return switch (value.getNodeType()) {
      case STRING -> {
        try {
          yield parseText(value);
        } catch (ExpressionSyntaxException e) {
          throw e.at(path);
        }
      }
      case OBJECT -> {
        Map<String, Template> fields = new LinkedHashMap<>();
        value
            .properties()
            .forEach(f -> fields.put(f.getKey(), parse(f.getValue(), path + "/" + f.getKey())));
        boolean literal = fields.values().stream().allMatch(Literal.class::isInstance);
        yield literal ? new Literal(value) : new Fields(fields);
      }
      case ARRAY -> {
        List<Template> elements = new ArrayList<>();
        value.forEach(element -> elements.add(parse(element, path + "[" + elements.size() + "]")));
        boolean literal = elements.stream().allMatch(Literal.class::isInstance);
        yield literal ? new Literal(value) : new Elements(elements);
      }
      default -> new Literal(value);
    };
  }

  /** A text that is delimited on one side only is refused; blanks around make it a plain text. */
  private static Template parseText(JsonNode value) {
    String text = value.textValue();
    boolean opens = text.startsWith("{%");
    boolean closes = text.endsWith("%}");
    if (!opens && !closes) {
      return new Literal(value);
    }
    if (!opens || !closes || text.length() < 4) {
      throw new ExpressionSyntaxException(
          "a JSONata expression starts with '{%' and ends with '%}', without spaces around");
    }
    return new Evaluated(new Expression(text.substring(2, text.length() - 2)));
  }

  /** A value without any expression. */
  record Literal(JsonNode value) implements Template {
    @Override
    public JsonNode evaluate(Scope scope, String location) {
      return value;
    }

    @Override
    public void eachExpression(String path, BiConsumer<String, Set<String>> told) {}
  }

  /** One expression. */
  final class Evaluated implements Template {
    private final Expression expression;

    Evaluated(Expression expression) {
      this.expression = expression;
    }

    @Override
    public JsonNode evaluate(Scope scope, String location) {
      return expression.evaluate(scope, location);
    }

    @Override
    public void eachExpression(String path, BiConsumer<String, Set<String>> told) {
      told.accept(path, expression.statesFields());
    }

    @Override
    public String source() {
      return expression.source();
    }

    @Override
    public EvaluationException failure(String location, String what) {
      return expression.failure(location, what);
    }
  }

  /** An object with expressions somewhere inside. */
  record Fields(Map<String, Template> fields) implements Template {
    @Override
    public JsonNode evaluate(Scope scope, String location) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach(
          (key, template) -> object.set(key, template.evaluate(scope, location + "/" + key)));
      return object;
    }

    @Override
    public void eachExpression(String path, BiConsumer<String, Set<String>> told) {
      fields.forEach((key, template) -> template.eachExpression(path + "/" + key, told));
    }
  }

  /** An array with expressions somewhere inside. */
  record Elements(List<Template> elements) implements Template {
    @Override
    public JsonNode evaluate(Scope scope, String location) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        array.add(elements.get(i).evaluate(scope, location + "[" + i + "]"));
      }
      return array;
    }

    @Override
    public void eachExpression(String path, BiConsumer<String, Set<String>> told) {
      for (int i = 0; i < elements.size(); i++) {
        elements.get(i).eachExpression(path + "[" + i + "]", told);
      }
    }
  }
}
