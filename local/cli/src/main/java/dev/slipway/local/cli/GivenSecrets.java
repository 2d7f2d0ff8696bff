package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.customer.CustomerCheck;
import dev.slipway.local.lint.UnreadableException;
import dev.slipway.local.lint.YamlSource;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The fields of credentials: of a file, else typed at the terminal and not shown. Nothing here
 * quotes any of them.
 *
 * @param file system to fields
 */
record GivenSecrets(JsonNode file) {

  /**
   * Reads them.
   *
   * @param path YAML or JSON; null: there is no file
   * @throws InputFailure if others may read the file, or if it has another form
   */
  static GivenSecrets of(Path path) {
    if (path == null) {
      return new GivenSecrets(JsonNodeFactory.instance.objectNode());
    }
    String text = new OwnersFile(path).text("--secrets");
    try {
      JsonNode tree = YamlSource.read(path.toString(), text).tree();
      for (JsonNode fields : tree) {
        if (!fields.isObject()) {
          throw new InputFailure("--secrets: " + path + " must have each system with its fields");
        }
      }
      return new GivenSecrets(tree);
    } catch (UnreadableException e) {
      // The reader's own words may hold what stands there.
      throw new InputFailure("--secrets: %s is no YAML, at line %d".formatted(path, e.line()));
    }
  }

  /**
   * Holds those of the file to what is asked for.
   *
   * @throws InputFailure if one is not as it must be
   */
  void check(CustomerCheck check) {
    file.properties()
        .forEach(
            each ->
                check
                    .secret(each.getKey(), each.getValue())
                    .forEach(
                        wrong -> {
                          throw new InputFailure("--secrets: " + wrong);
                        }));
  }

  /** A credential of the file. */
  Optional<JsonNode> of(String system) {
    return Optional.of(file.path(system)).filter(JsonNode::isObject);
  }

  /** Whether a person can be asked. */
  static boolean canAsk() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Asks for the fields; empty if the person gives none. */
  static Optional<JsonNode> ask(List<String> fields) {
    ObjectNode typed = JsonNodeFactory.instance.objectNode();
    for (String field : fields) {
      char[] text = System.console().readPassword("    %s: ", field);
      if (text != null && text.length > 0) {
        typed.put(field, new String(text));
      }
    }
    return Optional.<JsonNode>of(typed).filter(fieldsTyped -> !fieldsTyped.isEmpty());
  }
}
