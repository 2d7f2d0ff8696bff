package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls, by claims in the forms in which issuers and API Gateway write them. */
class CallerTest {
  private static Caller caller(String claims) {
    try {
      JsonNode tree = Json.MAPPER.readTree("{\"sub\": \"s\", " + claims + "}");
      return Caller.of(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"manager\"                            | MANAGER",
        "\"[manager]\"                          | MANAGER",
        "\"[manager engineer]\"                 | MANAGER ENGINEER",
        "\" customer  engineer \"               | ENGINEER CUSTOMER",
        "\"manager,customer\"                   | MANAGER CUSTOMER",
        "\"[manager, engineer]\"                | MANAGER ENGINEER",
        "\"admin, manager\"                     | MANAGER",
        "\"project manager, engineer\"          | ENGINEER",
        "[\"manager\"]                          | MANAGER",
        "[\"admin\", \"engineer\"]              | ENGINEER",
        "\"[\\\"admin\\\", \\\"customer\\\"]\"    | CUSTOMER",
        "\"project manager\"                    | ``",
        "\"[project manager]\"                  | ``",
        "[\"project manager\"]                  | ``",
        "[\"manager engineer\"]                 | ``",
        "\"Manager\"                            | ``",
        "\"managers\"                           | ``",
        "\"manager;engineer\"                   | ``",
        "\"(manager)\"                          | ``",
        "[[\"manager\"]]                        | ``",
        "[1, null]                              | ``",
        "{\"manager\": true}                    | ``",
        "true                                   | ``",
        "null                                   | ``",
        "\"\"                                   | ``",
        "\"[]\"                                 | ``"
      })
  void takesARoleOnlyAsItStands(String claim, String roles) {
    Set<Role> expected =
        Arrays.stream(roles.split(" ", -1))
            .filter(name -> !name.isEmpty())
            .map(Role::valueOf)
            .collect(Collectors.toSet());
    assertEquals(expected, caller("\"slipway_roles\": " + claim).roles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"acme-1\"", "\"[acme-1]\"", "[\"acme-1\"]", "\" acme-1 \""})
  void seesTheOneOnboardingThatTheClaimNames(String claim) {
    for (String role : new String[] {"manager", "customer"}) {
      Caller caller =
          caller("\"slipway_roles\": \"%s\", \"slipway_onboarding\": %s".formatted(role, claim));
      assertEquals("acme-1", caller.onboarding());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"a\", \"b\"]",
        "\"[a b]\"",
        "\"a,b\"",
        "\"\"",
        "\"[]\"",
        "{}",
        "7",
        "true"
      })
  void seesNoneWhereTheClaimDoesNotNameOne(String claim) {
    for (String role : new String[] {"manager", "engineer", "customer"}) {
      Caller caller =
          caller("\"slipway_roles\": \"%s\", \"slipway_onboarding\": %s".formatted(role, claim));
      assertEquals("", caller.onboarding(), "fits no onboarding");
    }
  }

  @Test
  void onlyStaffSeesAllWithoutTheClaim() {
    assertNull(caller("\"slipway_roles\": \"engineer\"").onboarding());
    assertNull(caller("\"slipway_roles\": \"manager\", \"slipway_onboarding\": null").onboarding());
    assertEquals("", caller("\"slipway_roles\": \"customer\"").onboarding());
    assertEquals("", caller("\"slipway_roles\": \"project manager\"").onboarding());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mia@V.example | true     | mia@v.example",
        "Mia@V.example | \"true\" | mia@v.example",
        "mia@v.example | \"True\" |",
        "mia@v.example | false    |",
        "mia@v.example | null     |",
        "no address    | true     |"
      })
  void knowsAMailAddressOnlyIfItIsVerified(String mail, String verified, String known) {
    Caller caller = caller("\"email\": \"%s\", \"email_verified\": %s".formatted(mail, verified));
    assertEquals(known, caller.identity().mail());
    assertNull(caller("\"email\": \"mia@v.example\"").identity().mail());
  }

  @Test
  void aNameIsCutAndStripped() {
    assertEquals("Mia M", caller("\"name\": \"Mia\\r\\n\\u202EM https://evil.example/x\"").name());
    assertEquals("mia@v.example", caller("\"name\": \"mia@v.example\"").name());
    assertNull(caller("\"name\": \" \\u200B \"").name());
  }
}
