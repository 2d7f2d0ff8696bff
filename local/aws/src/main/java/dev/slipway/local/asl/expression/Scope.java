package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The scope of an expression: the variables in scope, {@code $states}, and the functions. Values
 * are converted when an expression first asks for them.
 */
public final class Scope {
  private final Function<String, JsonNode> variables;
  private final QueryFunctions functions;
  private final States states;

  /**
   * @param variables the value of a variable by its name without {@code $}; null if it has none
   * @param input {@code $states.input}
   * @param context makes {@code $states.context}
   */
  public Scope(
      Function<String, JsonNode> variables,
      QueryFunctions functions,
      JsonNode input,
      Supplier<JsonNode> context) {
    this(variables, functions, new States(Map.of("input", () -> input, "context", context)));
  }

  private Scope(Function<String, JsonNode> variables, QueryFunctions functions, States states) {
    this.variables = variables;
    this.functions = functions;
    this.states = states;
  }

  /** The same with {@code $states.result}. */
  public Scope withResult(JsonNode result) {
    return with("result", () -> result);
  }

  /** The same with {@code $states.errorOutput}. */
  public Scope withErrorOutput(JsonNode errorOutput) {
    return with("errorOutput", () -> errorOutput);
  }

  /** The same with another {@code $states.context}. */
  public Scope withContext(Supplier<JsonNode> context) {
    return with("context", context);
  }

  private Scope with(String field, Supplier<JsonNode> value) {
    return new Scope(variables, functions, states.with(field, value));
  }

  /** The clock of the expressions. */
  InstantSource clock() {
    return functions.clock();
  }

  /** The value of a variable in an expression; null if undefined. */
  Object lookup(String name) {
    if (name.equals("states")) {
      return states;
    }
    JsonNode variable = variables.apply(name);
    return variable == null ? functions.find(name) : Values.toJsonata(variable);
  }

  /** The object {@code $states}, converted field by field. */
  private static final class States extends AbstractMap<String, Object> {
    private final Map<String, Supplier<JsonNode>> fields;
    private final Map<String, Object> converted = new LinkedHashMap<>();

    States(Map<String, Supplier<JsonNode>> fields) {
      this.fields = fields;
    }

    States with(String field, Supplier<JsonNode> value) {
      Map<String, Supplier<JsonNode>> more = new LinkedHashMap<>(fields);
      more.put(field, value);
      States states = new States(more);
      states.converted.putAll(converted);
      states.converted.remove(field);
      return states;
    }

    @Override
    public boolean containsKey(Object key) {
      return fields.containsKey(key);
    }

    @Override
    public Object get(Object key) {
      if (!(key instanceof String field) || !fields.containsKey(field)) {
        return null;
      }
      return converted.computeIfAbsent(field, f -> Values.toJsonata(fields.get(f).get()));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      Map<String, Object> all = new LinkedHashMap<>();
      fields.keySet().forEach(field -> all.put(field, get(field)));
      return all.entrySet();
    }
  }
}
