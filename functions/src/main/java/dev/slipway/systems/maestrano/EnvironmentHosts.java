package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Optional;
import java.util.function.Function;

/**
 * The hosts of a component in both environments. Keys of one environment are unknown in the other,
 * so a key that is turned away is tried once in the other one before it is called wrong.
 *
 * @param system whose credential is tested
 * @param own host of the component in the environment that the credential is for
 * @param other its host in the other environment; empty if none is given
 */
public record EnvironmentHosts(String system, String environment, String own, String other) {

  /**
   * Those that the element {@code component-hosts} names.
   *
   * @throws SystemTrouble of kind {@code INPUT} while the element is not there
   */
  public static EnvironmentHosts of(
      String system, JsonNode elements, String environment, String component) {
    JsonNode hosts = elements.path("component-hosts");
    String own = hosts.path(environment).path(component).asText();
    if (own.isEmpty()) {
      throw new SystemTrouble(
          system,
          Kind.INPUT,
          "Give `%s.%s` of the element `component-hosts` first: without it the credential cannot be tested."
              .formatted(environment, component),
          "credential test",
          system,
          "");
    }
    String otherEnvironment = environment.equals("uat") ? "production" : "uat";
    return new EnvironmentHosts(
        system, environment, own, hosts.path(otherEnvironment).path(component).asText());
  }

  /**
   * The answer of the environment's own component.
   *
   * @param question asks at one host
   * @throws SystemTrouble of kind {@code WRONG_PLACE} when the other environment knows the key
   */
  public <T> T ask(Function<String, T> question) {
    try {
      return question.apply(own);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED
          || other.isEmpty()
          || !isKnownThere(question)) {
        throw trouble;
      }
      throw trouble.as(
          Kind.WRONG_PLACE,
          "These keys are unknown at %s and known at %s: give those of %s."
              .formatted(own, other, environment));
    }
  }

  private boolean isKnownThere(Function<String, ?> question) {
    try {
      return Optional.ofNullable(question.apply(other)).isPresent();
    } catch (SystemTrouble trouble) {
      return false;
    }
  }
}
