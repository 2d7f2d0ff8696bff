package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GraphQL request as clients send it: one operation, whose arguments are variables (GraphQL
 * specification, October 2021, section 2). What it asks for is shown of what resolvers know:
 *
 * <pre>{@code
 * GraphQlRequest.of(call.json())
 *     .answer(Map.of("actor.user", asked -> Json.object().put("id", "1").put("name", "Eva")));
 * }</pre>
 *
 * @param fields those of the operation
 */
public record GraphQlRequest(List<Field> fields) {
  private static final Pattern TOKEN = Pattern.compile("\\.\\.\\.|\\$?\\w+|[{}():]");

  /**
   * A field that is asked for.
   *
   * @param arguments by name
   * @param fields of an object
   * @param fragment whether it is asked for of some types only
   */
  public record Field(
      String name, Map<String, JsonNode> arguments, List<Field> fields, boolean fragment) {}

  /**
   * What a resolver is asked.
   *
   * @param arguments of its field and of those above it
   * @param parent the object that the field belongs to
   */
  public record Asked(Map<String, JsonNode> arguments, JsonNode parent) {
    /** An argument; a missing node if it is not there. */
    public JsonNode argument(String name) {
      return arguments.getOrDefault(name, Json.object().path(name));
    }
  }

  /** Knows the value of one field. */
  @FunctionalInterface
  public interface Resolver {
    /** Its value, with members that may not have been asked for. */
    JsonNode value(Asked asked);
  }

  /**
   * Reads a request.
   *
   * @param body {@code {"query", "variables"}}
   */
  public static GraphQlRequest of(JsonNode body) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(body.path("query").asText());
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return new GraphQlRequest(new Reader(tokens, body.path("variables")).operation());
  }

  /** The names of the fields that lead to what is asked, such as {@code actor.accounts}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    List<Field> level = fields;
    while (!level.isEmpty()) {
      Field last = level.getLast();
      path.append(path.isEmpty() ? "" : ".").append(last.name());
      level = last.fields();
    }
    return path.toString();
  }

  /** Whether a field of this name is asked for, wherever. */
  public boolean asksFor(String name) {
    return asksFor(fields, name);
  }

  private static boolean asksFor(List<Field> fields, String name) {
    return fields.stream()
        .anyMatch(field -> field.name().equals(name) || asksFor(field.fields(), name));
  }

  /**
   * The answer's {@code data}.
   *
   * @param resolvers by the path of their field, such as {@code actor.accounts}; what leads to one
   *     is an object, and what is not known is null
   */
  public ObjectNode answer(Map<String, Resolver> resolvers) {
    return (ObjectNode) shown(resolvers, "", Json.object(), fields, Map.of());
  }

  private static JsonNode shown(
      Map<String, Resolver> resolvers,
      String path,
      JsonNode value,
      List<Field> fields,
      Map<String, JsonNode> above) {
    if (value.isArray()) {
      ArrayNode list = Json.array();
      value.forEach(each -> list.add(shown(resolvers, path, each, fields, above)));
      return list;
    }
    if (fields.isEmpty() || !value.isObject()) {
      return value;
    }
    ObjectNode shown = Json.object();
    for (Field field : fields) {
      String name = path.isEmpty() ? field.name() : path + "." + field.name();
      Map<String, JsonNode> arguments = new LinkedHashMap<>(above);
      arguments.putAll(field.arguments());
      JsonNode found =
          resolvers.containsKey(name)
              ? resolvers.get(name).value(new Asked(arguments, value))
              : value.path(field.name());
      if (found.isMissingNode() && !field.fragment()) {
        boolean leads = resolvers.keySet().stream().anyMatch(each -> each.startsWith(name + "."));
        found = leads ? Json.object() : Json.object().nullNode();
      }
      if (!found.isMissingNode()) {
        shown.set(field.name(), shown(resolvers, name, found, field.fields(), arguments));
      }
    }
    return shown;
  }

  private static final class Reader {
    private final List<String> tokens;
    private final JsonNode variables;
    private int at;

    Reader(List<String> tokens, JsonNode variables) {
      this.tokens = tokens;
      this.variables = variables;
    }

    List<Field> operation() {
      boolean isDefining = false;
      while (isDefining || !tokens.get(at).equals("{")) {
        isDefining = !tokens.get(at).equals(")") && (isDefining || tokens.get(at).equals("("));
        at++;
      }
      return selection(false);
    }

    private List<Field> selection(boolean fragment) {
      List<Field> fields = new ArrayList<>();
      at++;
      while (!tokens.get(at).equals("}")) {
        if (tokens.get(at).equals("...")) {
          at += 3;
          fields.addAll(selection(true));
        } else {
          fields.add(field(fragment));
        }
      }
      at++;
      return fields;
    }

    private Field field(boolean fragment) {
      String name = tokens.get(at++);
      Map<String, JsonNode> arguments = new LinkedHashMap<>();
      if (tokens.get(at).equals("(")) {
        for (at++; !tokens.get(at).equals(")"); at += 3) {
          JsonNode value = variables.path(tokens.get(at + 2).substring(1));
          if (!value.isMissingNode()) {
            arguments.put(tokens.get(at), value);
          }
        }
        at++;
      }
      List<Field> fields = tokens.get(at).equals("{") ? selection(false) : List.of();
      return new Field(name, arguments, fields, fragment);
    }
  }
}
