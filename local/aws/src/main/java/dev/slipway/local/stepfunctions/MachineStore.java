package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.aws.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state machines by ARN, and every definition that an execution may still need, by hash. With a
 * folder both outlive the process.
 */
final class MachineStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> folder;
  private final Map<String, DefinedMachine> machines = new LinkedHashMap<>();
  private final Map<String, Definition> definitions = new ConcurrentHashMap<>();

  MachineStore(Optional<Path> folder) {
    this.folder = folder;
    if (folder.isPresent()) {
      try {
        Files.createDirectories(definitionFolder());
        var file = machinesFile();
        if (Files.exists(file)) {
          JSON.readTree(Files.readAllBytes(file)).forEach(this::load);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path definitionFolder() {
    return folder.orElseThrow().resolve("definitions");
  }

  private Path machinesFile() {
    return folder.orElseThrow().resolve("state-machines.json");
  }

  synchronized Optional<DefinedMachine> find(String arn) {
    return Optional.ofNullable(machines.get(arn));
  }

  synchronized List<DefinedMachine> all() {
    return List.copyOf(machines.values());
  }

  /** The definition of that text, parsed once however often it is asked for. */
  Definition parse(String text) {
    var hash = Definition.hash(text);
    var known = definitions.get(hash);
    if (known != null) {
      return known;
    }
    var parsed = Definition.parse(text);
    definitions.putIfAbsent(hash, parsed);
    return parsed;
  }

  /** The definition that an execution began with. */
  Definition definition(String hash) {
    var known = definitions.get(hash);
    if (known != null) {
      return known;
    }
    try {
      return parse(Files.readString(definitionFolder().resolve(hash + ".asl.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void put(DefinedMachine machine) {
    machines.put(machine.arn(), machine);
    if (folder.isPresent()) {
      var file = definitionFolder().resolve(machine.definition().hash() + ".asl.json");
      if (!Files.exists(file)) {
        DurableFiles.replace(file, machine.definition().text().getBytes(StandardCharsets.UTF_8));
      }
      write();
    }
  }

  synchronized void remove(String arn) {
    machines.remove(arn);
    if (folder.isPresent()) {
      write();
    }
  }

  private void write() {
    var array = JSON.createArrayNode();
    for (var machine : machines.values()) {
      var json = array.addObject();
      json.put("arn", machine.arn());
      json.put("name", machine.name());
      json.put("definition", machine.definition().hash());
      json.put("roleArn", machine.roleArn());
      json.put("type", machine.type());
      json.set("logging", machine.logging());
      json.put("created", machine.created().toString());
      json.put("revisionId", machine.revisionId());
    }
    DurableFiles.replace(machinesFile(), array.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void load(JsonNode json) {
    var machine =
        new DefinedMachine(
            json.path("arn").asText(),
            json.path("name").asText(),
            definition(json.path("definition").asText()),
            json.path("roleArn").asText(),
            json.path("type").asText(),
            json.path("logging"),
            Instant.parse(json.path("created").asText()),
            json.path("revisionId").asText());
    machines.put(machine.arn(), machine);
  }
}
