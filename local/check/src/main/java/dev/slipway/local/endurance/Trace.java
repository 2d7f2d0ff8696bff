package dev.slipway.local.endurance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The traces of an onboarding at the third parties and in its report.
 *
 * @param made each thing that was made or changed, with how often
 * @param said each message and act, with how often
 * @param leftovers objects that tests of Slipway left there and should have taken away
 * @param rows each row's outcome
 * @param probes each row's evidence, by its probes
 */
record Trace(
    Map<Thing, Long> made,
    Map<Thing, Long> said,
    Set<String> leftovers,
    Map<String, String> rows,
    Map<String, Set<String>> probes) {

  /** The calls that make a second object, or change one again, if they are made twice. */
  private static final Set<String> MAKING =
      Set.of(
          "administration.cluster.AddExtIps",
          "administration.config.ChangeConfigKey",
          "environment.control.CreateEnvironment",
          "environment.binder.AttachExtIp",
          "environment.control.DeleteEnv",
          "storage.uploader.Upload");

  /** The calls that may reach their receiver twice, but must reach it. */
  private static final Set<String> SAYING =
      Set.of(
          "billing.system.SendEmail",
          "administration.config.ApplyConfig",
          "DATA",
          "POST /api/v2/alerts");

  /** The parts of names that differ between onboardings: hashes and random ids. */
  private static final Pattern UNIQUE = Pattern.compile("[0-9a-f]{8,}(-[0-9a-f]{4,})*");

  /**
   * A thing at a third party.
   *
   * @param name exactly as the third party knows it
   */
  record Thing(String system, String method, String name) implements Comparable<Thing> {
    /** The same thing of whichever onboarding. */
    Thing ofAny() {
      return new Thing(system, method, UNIQUE.matcher(name).replaceAll("*"));
    }

    @Override
    public int compareTo(Thing other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return system + " " + method + " " + name;
    }
  }

  /** Looks at the third parties and reads the report. */
  static Trace of(SandboxControl sandbox, JsonNode report) {
    JsonNode world = sandbox.world();
    Set<String> leftovers = new TreeSet<>();
    world.at("/platform/environments").fieldNames().forEachRemaining(leftovers::add);
    world
        .at("/s3/buckets")
        .forEach(bucket -> bucket.path("objects").fieldNames().forEachRemaining(leftovers::add));
    world.at("/webdav/files").fieldNames().forEachRemaining(leftovers::add);
    Map<String, String> rows = new TreeMap<>();
    Map<String, Set<String>> probes = new TreeMap<>();
    for (JsonNode task : report.path("tasks")) {
      String name =
          task.path("row").asText()
              + " "
              + task.path("task").asText()
              + task.path("instance").asText("");
      rows.put(name, task.path("outcome").asText());
      probes.put(
          name,
          StreamSupport.stream(task.path("evidence").spliterator(), false)
              .map(each -> each.path("probe").asText())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    List<RecordedCall> calls = sandbox.calls();
    return new Trace(counted(calls, MAKING), counted(calls, SAYING), leftovers, rows, probes);
  }

  private static Map<Thing, Long> counted(Collection<RecordedCall> calls, Set<String> methods) {
    return calls.stream()
        .filter(call -> methods.contains(call.method()) && call.succeeded())
        .map(call -> new Thing(call.system(), call.method(), inOrder(call.key())))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  /** A key that is a JSON object has its members in any order. */
  private static String inOrder(String key) {
    if (!key.startsWith("{")) {
      return key;
    }
    try {
      return new TreeMap<>(Json.MAPPER.readValue(key, new TypeReference<Map<String, Object>>() {}))
          .toString();
    } catch (JsonProcessingException e) {
      return key;
    }
  }

  /** How many things of each kind there are, whichever onboarding's. */
  private static Map<Thing, Long> kinds(Map<Thing, Long> things) {
    return things.keySet().stream()
        .collect(Collectors.groupingBy(Thing::ofAny, TreeMap::new, Collectors.counting()));
  }

  /**
   * The faults of this trace of a killed onboarding; empty: none.
   *
   * @param undisturbed the trace of the same profile's onboarding without a kill
   */
  List<String> faults(Trace undisturbed) {
    List<String> faults = new java.util.ArrayList<>();
    made.forEach(
        (thing, times) -> {
          if (times > 1) {
            faults.add("made " + times + " times: " + thing);
          }
        });
    differences("made", kinds(undisturbed.made), kinds(made), faults);
    kinds(undisturbed.said)
        .forEach(
            (thing, times) -> {
              if (!kinds(said).containsKey(thing)) {
                faults.add("never said: " + thing);
              }
            });
    leftovers.stream()
        .filter(each -> !undisturbed.leftovers.contains(each))
        .forEach(each -> faults.add("left behind at a third party: " + each));
    differences("outcome", undisturbed.rows, rows, faults);
    undisturbed.probes.forEach(
        (row, expected) -> {
          Set<String> missing = new TreeSet<>(expected);
          missing.removeAll(probes.getOrDefault(row, Set.of()));
          if (!missing.isEmpty()) {
            faults.add("no evidence for " + row + ": " + missing);
          }
        });
    return faults;
  }

  private static <K, V> void differences(
      String what, Map<K, V> expected, Map<K, V> actual, List<String> faults) {
    Set<K> keys = new java.util.LinkedHashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (K key : keys) {
      V wanted = expected.get(key);
      V found = actual.get(key);
      if (found == null || !found.equals(wanted)) {
        faults.add("%s of %s is %s, not %s".formatted(what, key, found, wanted));
      }
    }
  }
}
