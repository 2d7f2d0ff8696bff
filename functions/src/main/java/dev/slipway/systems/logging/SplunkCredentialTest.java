package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.Authentication;

/**
 * Tests the login at Splunk (M38). Reads {@code logging} {system, host?, authority?}; secret {@code
 * {"stack", "token"}} for {@code splunk-cloud}, {@code {"token"}} or {@code {"user", "password"}}
 * for {@code splunk-enterprise}, whose management port is 8089 unless the host names another.
 */
public final class SplunkCredentialTest implements CredentialTest {

  private static final String ELEMENT = "logging";

  private final HttpPort http;

  /** Tests through this way out. */
  public SplunkCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return SplunkEnterprise.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return given.elementIfAny(ELEMENT, "system").orElse("").equals("splunk-cloud")
        ? cloud(given)
        : enterprise(given);
  }

  private CredentialTestResult cloud(CredentialInput given) {
    String probe = "GET /{stack}/adminconfig/v2/status";
    return Grading.of(
        probe,
        given.redactor(),
        () -> {
          String stack = given.secret("stack");
          if (!stack.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw given.missing(
                "\"stack\" is the first part of your Splunk Cloud address, such as acme of"
                    + " acme.splunkcloud.com.");
          }
          SplunkCloud splunk = new SplunkCloud(http, stack, given.secret("token"));
          return Grading.valid(
              "Splunk Cloud accepts the token.", probe, splunk.against(), splunk.account());
        });
  }

  private CredentialTestResult enterprise(CredentialInput given) {
    String probe = "GET /services/authentication/current-context";
    return Grading.of(
        probe,
        given.redactor(),
        () -> {
          Authentication login =
              given
                  .secretIfAny("token")
                  .map(Authentication::bearer)
                  .orElseGet(
                      () -> Authentication.basic(given.secret("user"), given.secret("password")));
          SplunkEnterprise splunk = new SplunkEnterprise(trusted(given), host(given), login);
          return Grading.valid(
              "Splunk accepts the login.", probe, splunk.against(), splunk.account());
        });
  }

  /** A customer's own server mostly shows a certificate of the customer's own authority. */
  private HttpPort trusted(CredentialInput given) {
    try {
      return given.elementIfAny(ELEMENT, "authority").map(http::trusting).orElse(http);
    } catch (IllegalArgumentException e) {
      throw given.missing("\"authority\" of the element \"logging\" is no certificate in PEM.");
    }
  }

  private static String host(CredentialInput given) {
    String host = given.element(ELEMENT, "host");
    if (!host.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")) {
      throw given.missing(
          "\"host\" of the element \"logging\" must be a host name, with :port if that is not"
              + " 8089.");
    }
    return host;
  }
}
