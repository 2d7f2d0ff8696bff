package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
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
 * Reads YAML. CloudFormation's short tags become their long form: {@code !Ref Table} is {@code
 * {"Ref": "Table"}}.
 */
public final class YamlSource {
  /** As many as the checklists' own reader takes. */
  private static final int MOST_ALIASES = 500;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, Integer> lines = new HashMap<>();

  private YamlSource() {}

  /**
   * Reads a text.
   *
   * @param file as it is named in findings
   */
  public static Source read(String file, String text) throws UnreadableException {
    YamlSource reader = new YamlSource();
    try {
      Node root =
          new Compose(
                  LoadSettings.builder()
                      .setSchema(new CoreSchema())
                      .setMaxAliasesForCollections(MOST_ALIASES)
                      .build())
              .composeString(text)
              .orElseThrow(() -> new UnreadableException(1, "is empty"));
      return new Source(file, reader.tagged(root, ""), reader.lines);
    } catch (MarkedYamlEngineException e) {
      throw new UnreadableException(
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
          "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new UnreadableException(1, "is not YAML: " + e.getMessage());
    }
  }

  private JsonNode tagged(Node node, String path) throws UnreadableException {
    node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!") || tag.length() == 1) {
      return plain(node, path);
    }
    String function = tag.substring(1);
    String name =
        function.equals("Ref") || function.equals("Condition") ? function : "Fn::" + function;
    return JSON.objectNode().set(name, plain(node, Source.child(path, name)));
  }

  private JsonNode plain(Node node, String path) throws UnreadableException {
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, path);
      case SequenceNode sequence -> {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
          array.add(tagged(item, Source.child(path, Integer.toString(array.size()))));
        }
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new UnreadableException(line(node), "cannot be read as a tree");
    };
  }

  private ObjectNode mapping(MappingNode mapping, String path) throws UnreadableException {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableException(line(entry.getKeyNode()), "a key must be a scalar");
      }
      if (object.has(key.getValue())) {
        throw new UnreadableException(line(key), "the key `" + key.getValue() + "` stands twice");
      }
      String child = Source.child(path, key.getValue());
      lines.put(child, line(key));
      object.set(key.getValue(), tagged(entry.getValueNode(), child));
    }
    return object;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String value = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(value));
    }
    if (tag.equals(Tag.INT) && value.matches("-?[0-9]+")) {
      return JSON.numberNode(new BigInteger(value));
    }
    if (tag.equals(Tag.FLOAT) && value.matches("-?[0-9]+\\.[0-9]+")) {
      return JSON.numberNode(new BigDecimal(value));
    }
    return JSON.textNode(value);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
