package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An end user's environments: created with containers from Docker images, given external addresses,
 * deleted. The answer to {@code createenvironment} comes wrapped in {@code response}, as public
 * scripts expect it. Everybody sees and touches only what is their own.
 */
final class EnvironmentMethods {

  private final World world;
  private final AddressMethods addresses;

  EnvironmentMethods(World world, AddressMethods addresses) {
    this.world = world;
    this.addresses = addresses;
  }

  List<PlatformMethod> methods() {
    List<String> name = List.of("envName");
    String control = "environment.control.";
    return List.of(
        PlatformMethod.of(control + "CreateEnvironment", List.of("env"), this::create),
        PlatformMethod.of(control + "GetEnvInfo", name, this::info),
        PlatformMethod.of(control + "GetEnvs", List.of(), this::list),
        PlatformMethod.of(control + "DeleteEnv", name, this::delete),
        // Public scripts use both places.
        PlatformMethod.of(control + "AttachExtIp", name, this::attach),
        PlatformMethod.of("environment.binder.AttachExtIp", name, this::attach),
        PlatformMethod.of("environment.binder.DetachExtIp", name, this::detach));
  }

  /** An environment of the caller's own, for reading or changing. */
  static ObjectNode own(ObjectNode part, int uid, String name) {
    if (part.path("environments").path(name) instanceof ObjectNode environment
        && environment.path("env").path("uid").asInt() == uid) {
      return environment;
    }
    throw new PlatformException(
        PlatformException.NOT_FOUND, "environment [" + name + "] not found");
  }

  private ObjectNode create(PlatformCall call) {
    JsonNode env = AddressMethods.object(call.required("env"));
    JsonNode nodes = AddressMethods.object(call.required("nodes"));
    String name = env.path("shortdomain").asText(env.path("envName").asText(""));
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new PlatformException(
          PlatformException.INVALID_PARAMETER, "wrong domain [" + name + "]");
    }
    return world.change(
        Platform.SYSTEM,
        part -> {
          if (part.path("environments").has(name)) {
            throw new PlatformException(
                PlatformException.INTERNAL,
                "environment with domain [" + name + "] already exists");
          }
          ClusterMethods.requireImage(world);
          ObjectNode environment = part.withObjectProperty("environments").putObject(name);
          environment
              .putObject("env")
              .put("appid", String.format("%032x", AddressMethods.nextId(part)))
              .put("envName", name)
              .put("shortdomain", name)
              .put("domain", name + "." + SandboxDefaults.REGION_DOMAIN)
              .put("hardwareNodeGroup", "default_hn_group")
              .put("uid", call.caller().uid())
              .put("status", 1);
          ArrayNode created = environment.putArray("nodes");
          for (JsonNode node : nodes) {
            addNode(part, name, created, node);
          }
          environment.putObject("files");
          ObjectNode response = show(environment);
          response.put("result", 0);
          return Json.object().set("response", response);
        });
  }

  private void addNode(ObjectNode part, String name, ArrayNode created, JsonNode wanted) {
    String image = wanted.path("docker").path("image").asText(wanted.path("image").asText(""));
    int id = AddressMethods.nextId(part);
    ObjectNode node =
        created
            .addObject()
            .put("id", id)
            .put("nodeType", wanted.path("nodeType").asText("docker"))
            .put("nodeGroup", wanted.path("nodeGroup").asText("cp"))
            .put("ismaster", created.size() == 1)
            .put("address", "10.100.0." + (id % 250 + 2))
            .put("status", 1);
    if (!image.isEmpty()) {
      node.putObject("customitem").put("dockerName", image).put("dockerTag", "latest");
    }
    if (wanted.path("extip").asBoolean() || wanted.path("extIp").asBoolean()) {
      node.putArray("extIPs").add(addresses.attach(part, name, id));
    }
  }

  private ObjectNode info(PlatformCall call) {
    return world.read(
        Platform.SYSTEM, part -> show(own(part, call.caller().uid(), call.required("envName"))));
  }

  private ObjectNode list(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ObjectNode answer = Json.object();
          ArrayNode infos = answer.putArray("infos");
          for (Map.Entry<String, JsonNode> each : part.path("environments").properties()) {
            if (each.getValue().path("env").path("uid").asInt() == call.caller().uid()) {
              infos.add(show(each.getValue()));
            }
          }
          return answer;
        });
  }

  /** Confirmed by the user's password or the environment's name, as the platform's quota says. */
  private ObjectNode delete(PlatformCall call) {
    String name = call.required("envName");
    world.edit(
        Platform.SYSTEM,
        part -> {
          own(part, call.caller().uid(), name);
          addresses.release(part, name, Optional.empty());
          ((ObjectNode) part.path("environments")).remove(name);
        });
    return Json.object();
  }

  private ObjectNode attach(PlatformCall call) {
    String name = call.required("envName");
    String nodeId = call.required("nodeid");
    return world.change(
        Platform.SYSTEM,
        part -> {
          for (JsonNode node : own(part, call.caller().uid(), name).path("nodes")) {
            if (node.path("id").asText().equals(nodeId)) {
              String ip = addresses.attach(part, name, node.path("id").asInt());
              ((ObjectNode) node).withArrayProperty("extIPs").add(ip);
              return Json.object().put("object", ip);
            }
          }
          throw new PlatformException(
              PlatformException.NOT_FOUND, "node [" + nodeId + "] not found");
        });
  }

  private ObjectNode detach(PlatformCall call) {
    String name = call.required("envName");
    String ip = call.required("ip");
    world.edit(
        Platform.SYSTEM,
        part -> {
          for (JsonNode node : own(part, call.caller().uid(), name).path("nodes")) {
            ArrayNode ips = ((ObjectNode) node).withArrayProperty("extIPs");
            for (int i = ips.size() - 1; i >= 0; i--) {
              if (ips.get(i).asText().equals(ip)) {
                ips.remove(i);
              }
            }
          }
          addresses.release(part, name, Optional.of(ip));
        });
    return Json.object();
  }

  private static ObjectNode show(JsonNode environment) {
    ObjectNode shown = Json.object();
    shown.set("env", environment.path("env").deepCopy());
    shown.set("nodes", environment.path("nodes").deepCopy());
    return shown;
  }
}
