package dev.slipway.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.run.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Saved ways to Slipways, by name, of which one is in use. The file holds tokens: its owner alone
 * may read it.
 *
 * <pre>{"use": "acme", "contexts": {"acme": {"api": "https://…", "token": "…"},
 *                               "here": {"data": "/home/mia/hoster", "as": "customer"}}}</pre>
 */
record Contexts(Path file) {

  /** The names. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    tree().path("contexts").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The name of the one in use; empty: none. */
  Optional<String> inUse() {
    return Optional.of(tree().path("use").asText("")).filter(name -> !name.isEmpty());
  }

  /**
   * One of them.
   *
   * @throws InputFailure if there is none of this name
   */
  Connection get(String name) {
    JsonNode saved = tree().path("contexts").path(name);
    if (saved.isMissingNode()) {
      throw new InputFailure(
          "there is no context %s; %s%s"
              .formatted(
                  name,
                  names().isEmpty()
                      ? "`slipway context save` saves one"
                      : "there are " + String.join(", ", names()),
                  new Nearest(names()).hint(name)));
    }
    boolean used = inUse().filter(name::equals).isPresent();
    if (saved.has("data")) {
      Role role = Role.named(saved.path("as").asText()).orElse(null);
      return new Connection.Here(Path.of(saved.path("data").asText()), role, false);
    }
    return new Connection.Remote(
        URI.create(saved.path("api").asText()),
        saved.path("token").asText(),
        used ? "" : "--context " + ShellWord.of(name));
  }

  /** Saves one, and uses it from now on. */
  void save(String name, Connection connection) {
    ObjectNode saved = Json.MAPPER.createObjectNode();
    switch (connection) {
      case Connection.Remote remote ->
          saved.put("api", remote.address().toString()).put("token", remote.token());
      case Connection.Here here -> {
        saved.put("data", here.data().toAbsolutePath().normalize().toString());
        if (here.role() != null) {
          saved.put("as", here.role().wireName());
        }
      }
    }
    ObjectNode tree = tree();
    tree.withObjectProperty("contexts").set(name, saved);
    write(tree.put("use", name));
  }

  /** Uses another one. */
  void use(String name) {
    get(name);
    write(tree().put("use", name));
  }

  private void write(ObjectNode tree) {
    new OwnersFile(file).write(tree.toPrettyString() + System.lineSeparator());
  }

  private ObjectNode tree() {
    if (!Files.exists(file)) {
      return Json.MAPPER.createObjectNode();
    }
    try {
      return (ObjectNode) Json.MAPPER.readTree(new OwnersFile(file).text("contexts"));
    } catch (JsonProcessingException | ClassCastException e) {
      throw new InputFailure("contexts: %s holds none: move it away".formatted(file));
    }
  }
}
