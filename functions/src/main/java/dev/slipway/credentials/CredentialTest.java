package dev.slipway.credentials;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tests one system's credential with the cheapest call that changes nothing. One implementation a
 * system, living beside the client of that system.
 */
public interface CredentialTest {

  /**
   * The system whose secret this tests: the last part of the secret's name, such as {@code smtp}.
   */
  String system();

  /**
   * Tests the credential and grades what came back. Never throws for anything that the third party
   * or the person who typed the values did: a missing field, an unreachable host, an answer that
   * makes no sense are grades too. Returns within the API's 30 seconds.
   *
   * @param secret the new value of the secret, as JSON
   * @param elements the onboarding's elements, element id to value, as an instance reads them that
   *     stands where the credential does; elements not given are absent
   */
  CredentialTestResult test(JsonNode secret, JsonNode elements);
}
