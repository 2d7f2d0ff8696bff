package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML file as a tree of JSON, CloudFormation's short tags ({@code !Ref}, {@code !Sub} …) written
 * out in their long form, together with the line of each node. A node's path is its keys and
 * indexes joined by {@code /}, for example {@code Resources/Table/Properties}.
 */
record SourceTree(Path file, ObjectNode root, Map<String, Integer> lines) {

  static SourceTree read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new TemplateException(file, 1, "", "cannot be read: " + e);
    }
    var settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setLabel(file.toString()).build();
    Node node;
    try {
      node =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(() -> new TemplateException(file, 1, "", "is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new TemplateException(file, line, "", "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new TemplateException(file, 1, "", "is not YAML: " + e.getMessage());
    }
    var lines = new HashMap<String, Integer>();
    var converted = new Conversion(file, lines).convert(node, "");
    if (!(converted instanceof ObjectNode object)) {
      throw new TemplateException(file, 1, "", "must be a mapping at the top");
    }
    return new SourceTree(file, object, lines);
  }

  /** The line of that path, or of its nearest ancestor that has one. */
  int line(String path) {
    var at = path;
    while (!lines.containsKey(at) && at.contains("/")) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  /** The problem at the line of that path. */
  TemplateException problem(String path, String problem) {
    var resource = "";
    if (path.startsWith("Resources/")) {
      int end = path.indexOf('/', "Resources/".length());
      resource = path.substring("Resources/".length(), end < 0 ? path.length() : end);
    }
    return new TemplateException(file, line(path), resource, problem);
  }

  static String child(String path, Object key) {
    return path.isEmpty() ? key.toString() : path + "/" + key;
  }

  private record Conversion(Path file, Map<String, Integer> lines) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    JsonNode convert(Node node, String path) {
      node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
      var tag = node.getTag().getValue();
      if (tag.startsWith("!") && tag.length() > 1) {
        var function = longName(tag.substring(1));
        var argument = untagged(node, SourceTree.child(path, function));
        if (function.equals("Fn::GetAtt") && argument.isTextual()) {
          int dot = argument.textValue().indexOf('.');
          if (dot > 0) {
            argument =
                NODES
                    .arrayNode()
                    .add(argument.textValue().substring(0, dot))
                    .add(argument.textValue().substring(dot + 1));
          }
        }
        return NODES.objectNode().set(function, argument);
      }
      return untagged(node, path);
    }

    private static String longName(String tag) {
      return tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
    }

    private JsonNode untagged(Node node, String path) {
      return switch (node) {
        case ScalarNode scalar -> scalar(scalar);
        case SequenceNode sequence -> sequence(sequence, path);
        case MappingNode mapping -> mapping(mapping, path);
        default ->
            throw new TemplateException(file, line(node), "", "unknown kind of node: " + node);
      };
    }

    private ArrayNode sequence(SequenceNode sequence, String path) {
      var array = NODES.arrayNode();
      for (var item : sequence.getValue()) {
        array.add(convert(item, SourceTree.child(path, array.size())));
      }
      return array;
    }

    private ObjectNode mapping(MappingNode mapping, String path) {
      var object = NODES.objectNode();
      for (NodeTuple entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          throw new TemplateException(file, line(entry.getKeyNode()), "", "a key must be a scalar");
        }
        var name = key.getValue();
        if (object.has(name)) {
          throw new TemplateException(file, line(key), "", "key '" + name + "' stands twice");
        }
        lines.put(SourceTree.child(path, name), line(key));
        object.set(name, convert(entry.getValueNode(), SourceTree.child(path, name)));
      }
      return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
      var value = scalar.getValue();
      var tag = scalar.getTag();
      if (tag.equals(Tag.NULL)) {
        return NODES.nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return NODES.booleanNode(Boolean.parseBoolean(value));
      }
      // A number that would not be written back the same (an account id with leading zeros, a
      // version) is what its author typed: text.
      if (tag.equals(Tag.INT) && value.matches("0|-?[1-9][0-9]*")) {
        return NODES.numberNode(new BigInteger(value));
      }
      if (tag.equals(Tag.FLOAT) && value.matches("-?(0|[1-9][0-9]*)\\.[0-9]+")) {
        return NODES.numberNode(new BigDecimal(value));
      }
      return NODES.textNode(value);
    }

    private static int line(Node node) {
      return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
  }
}
