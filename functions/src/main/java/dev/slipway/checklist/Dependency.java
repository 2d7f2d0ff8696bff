package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A task that has to be final first. Of a task with several instances, those are awaited that agree
 * with the waiting one on every axis that both have: {@code applications.link-tenants@uat.xero}
 * waits for {@code applications.link-marketplace@uat.xero}. In a checklist it is the task's id, or
 *
 * <pre>{@code
 * {task: products.deploy-stack, only: {component: [mnohub]}, when: {component: [connec, impac]}}
 * }</pre>
 *
 * @param task the id of the task that comes first
 * @param only axis to the values that its instances must have, instead of agreeing on that axis
 * @param when axis to the values that the waiting instance must have for the dependency to hold
 */
public record Dependency(
    String task, Map<String, List<String>> only, Map<String, List<String>> when) {
  public Dependency {
    only = only == null ? Map.of() : Map.copyOf(only);
    when = when == null ? Map.of() : Map.copyOf(when);
  }

  /** Of whichever instances agree. */
  @JsonCreator
  public Dependency(String task) {
    this(task, null, null);
  }

  @JsonCreator
  static Dependency of(
      @JsonProperty("task") String task,
      @JsonProperty("only") Map<String, List<String>> only,
      @JsonProperty("when") Map<String, List<String>> when) {
    return new Dependency(task, only, when);
  }

  /** Whether an instance that stands at {@code mine} waits for it. */
  boolean concerns(Map<String, String> mine) {
    return isWithin(when, mine);
  }

  /** Whether the instance at {@code mine} waits for the one at {@code other}. */
  boolean joins(Map<String, String> mine, Map<String, String> other) {
    return isWithin(only, other)
        && mine.entrySet().stream()
            .filter(axis -> other.containsKey(axis.getKey()) && !only.containsKey(axis.getKey()))
            .allMatch(axis -> axis.getValue().equals(other.get(axis.getKey())));
  }

  static boolean isWithin(Map<String, List<String>> allowed, Map<String, String> at) {
    return allowed.entrySet().stream()
        .allMatch(axis -> axis.getValue().contains(at.get(axis.getKey())));
  }
}
