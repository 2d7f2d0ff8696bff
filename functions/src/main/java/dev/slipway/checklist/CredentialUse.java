package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A credential that a task reads. In a checklist it is the system, or, of a task of which only some
 * instances read it,
 *
 * <pre>{@code
 * {system: connec-sidekiq, when: {component: [connec]}}
 * }</pre>
 *
 * @param system whose credential it is
 * @param when axis to the values that an instance must have to read it
 */
public record CredentialUse(String system, Map<String, List<String>> when) {
  public CredentialUse {
    when = when == null ? Map.of() : Map.copyOf(when);
  }

  /** Of every instance. */
  @JsonCreator
  public CredentialUse(String system) {
    this(system, null);
  }

  @JsonCreator
  static CredentialUse of(
      @JsonProperty("system") String system, @JsonProperty("when") Map<String, List<String>> when) {
    return new CredentialUse(system, when);
  }

  /** Whether an instance that stands at {@code mine} reads it. */
  boolean concerns(Map<String, String> mine) {
    return Dependency.isWithin(when, mine);
  }
}
