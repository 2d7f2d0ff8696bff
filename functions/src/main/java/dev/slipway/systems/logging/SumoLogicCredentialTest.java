package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/**
 * Tests Sumo Logic's access key (M38). Reads {@code logging} {deployment}; secret {@code
 * {"accessId", "accessKey"}}.
 */
public final class SumoLogicCredentialTest implements CredentialTest {

  private static final String PROBE = "GET /api/v1/account/status";

  private final HttpPort http;

  /** Tests through this way out. */
  public SumoLogicCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return SumoLogic.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String deployment = given.elementIfAny("logging", "deployment").orElse("us1");
          if (!deployment.matches("[a-z0-9]{2,10}")) {
            throw given.missing(
                "\"deployment\" of the element \"logging\" is the part of your Sumo Logic address"
                    + " behind \"service.\", such as eu; us1 if there is none.");
          }
          SumoLogic.Plan plan =
              new SumoLogic(http, deployment, given.secret("accessId"), given.secret("accessKey"))
                  .plan();
          return Grading.valid(
              plan.plan().equals("Trial")
                  ? "Sumo Logic accepts the key. The account is a trial%s."
                      .formatted(
                          plan.daysLeft()
                              .map(days -> ", which ends in " + days + " days")
                              .orElse(""))
                  : "Sumo Logic accepts the key.",
              PROBE,
              plan.against(),
              "plan " + plan.plan());
        });
  }
}
