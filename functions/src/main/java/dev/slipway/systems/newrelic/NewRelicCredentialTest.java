package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.Regions;
import dev.slipway.systems.net.HttpPort;
import java.util.List;

/**
 * Tests New Relic's user key (M34). Reads {@code monitoring} {region, accountId?}; secret {@code
 * {"apiKey"}}. The key's user must see each account that the element names.
 */
public final class NewRelicCredentialTest implements CredentialTest {

  private static final String ELEMENT = "monitoring";
  private static final String PROBE = "NerdGraph: actor { user accounts }";
  private static final Regions REGIONS =
      new Regions(NerdGraph.SYSTEM, ELEMENT + ".region", NerdGraph.BASES);

  private final HttpPort http;

  /** Tests through this way out. */
  public NewRelicCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return NerdGraph.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String key = given.secret("apiKey");
          NerdGraph.Access access =
              REGIONS.ask(
                  given.elementIfAny(ELEMENT, "region").orElse("us"),
                  base -> new NerdGraph(http, base, key).access());
          List<String> unseen =
              elements
                  .path(ELEMENT)
                  .path("accountId")
                  .valueStream()
                  .map(JsonNode::asText)
                  .filter(id -> !access.accounts().containsKey(id))
                  .distinct()
                  .toList();
          if (!unseen.isEmpty()) {
            return Grading.graded(
                Grade.INSUFFICIENT_PERMISSION,
                "New Relic accepts the key, but its user does not see %s (monitoring.accountId):"
                        .formatted(String.join(" and ", unseen))
                    + " give the user access to it, or correct the number.",
                PROBE,
                access.against(),
                access.accounts().size() + " account(s)");
          }
          return Grading.valid(
              "New Relic accepts the key.",
              PROBE,
              access.against(),
              access.accounts().size() + " account(s)");
        });
  }
}
