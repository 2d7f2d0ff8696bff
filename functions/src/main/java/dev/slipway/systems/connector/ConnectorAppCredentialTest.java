package dev.slipway.systems.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Tests the keys of a connector's app (M25 {@code connec-app}, M28 {@code cloud-app}). Secret
 * {@code {"provider", "clientId", "clientSecret", "redirectUri"}} and what the provider needs
 * besides: {@code domain} of Salesforce, {@code domainPrefix} of Vend, {@code tokenUrl} of another,
 * {@code apiId} and {@code apiKey} of Unleashed.
 *
 * <p>Where the provider tells a stranger nothing, the keys count as they are: that a company
 * connects with them will prove them (M26, M30).
 */
public final class ConnectorAppCredentialTest implements CredentialTest {

  private static final String PROBE =
      "POST to the token endpoint with a code that nobody was given";

  private final HttpPort http;
  private final String system;
  private final boolean forProduction;

  private ConnectorAppCredentialTest(HttpPort http, String system, boolean forProduction) {
    this.http = http;
    this.system = system;
    this.forProduction = forProduction;
  }

  /**
   * The tests of both kinds of connectors' apps.
   *
   * @param forProduction whether the keys are given for Production, where those of a sandbox do not
   *     do
   */
  public static List<CredentialTest> all(HttpPort http, boolean forProduction) {
    return List.of(
        new ConnectorAppCredentialTest(http, "connec-app", forProduction),
        new ConnectorAppCredentialTest(http, "cloud-app", forProduction));
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given =
        new CredentialInput(system, secret, elements)
            .choosing(
                "provider", "environment", "domain", "domainPrefix", "tokenUrl", "redirectUri");
    if (forProduction && isOfSandbox(given)) {
      return Grading.sandboxForProduction(given.secretIfAny("provider").orElse(""));
    }
    return Grading.of(
        PROBE,
        given.redactor(),
        () ->
            switch (given.secret("provider")) {
              case "xero" -> known(given, "https://identity.xero.com/connect/token", true);
              case "salesforce" ->
                  known(given, "https://" + salesforce(given) + "/services/oauth2/token", false);
              case "vend" ->
                  given
                      .secretIfAny("domainPrefix")
                      .map(prefix -> known(given, vend(given, prefix), false))
                      .orElseGet(
                          () ->
                              unproved(
                                  "Vend answers at the address of a store only: give domainPrefix"
                                      + " of one, or connecting a store will prove the keys.",
                                  ""));
              case "quickbooks" -> quickBooks(given);
              case "unleashed" -> unleashed(given);
              case "other" -> other(given);
              default ->
                  unproved(
                      "No public token endpoint of this provider is known: connecting a company"
                          + " will prove the keys.",
                      "");
            });
  }

  /** QuickBooks Online is told its environment, Salesforce's sandboxes have hosts of their own. */
  private static boolean isOfSandbox(CredentialInput given) {
    String domain = given.secretIfAny("domain").orElse("");
    return given.secretIfAny("environment").orElse("").equals("sandbox")
        || domain.equals("test.salesforce.com")
        || domain.endsWith(".sandbox.my.salesforce.com");
  }

  private CredentialTestResult known(CredentialInput given, String tokens, boolean basic) {
    HttpAnswer answer = probe(given, Destination.VENDOR, URI.create(tokens), basic);
    return Grading.valid(
        "The provider knows the client and its secret.",
        PROBE,
        answer.call().against(),
        "invalid_grant");
  }

  /** Intuit is said to answer {@code invalid_grant} to wrong keys as well. */
  private CredentialTestResult quickBooks(CredentialInput given) {
    HttpAnswer answer =
        probe(
            given,
            Destination.VENDOR,
            URI.create("https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"),
            true);
    return unproved(
        "Intuit did not turn the keys away, which it may do to wrong ones too: connecting a"
            + " company will prove them.",
        answer.call().against());
  }

  private CredentialTestResult other(CredentialInput given) {
    HttpAnswer answer = probe(given, Destination.CUSTOMER, tokenUrl(given), false);
    return unproved(
        "The provider did not turn the keys away; connecting a company will prove them.",
        answer.call().against());
  }

  private CredentialTestResult unleashed(CredentialInput given) {
    HttpAnswer answer =
        new Unleashed(http, system, given.secret("apiId"), given.secret("apiKey")).requireAccess();
    return Grading.valid(
        "Unleashed accepts the keys.",
        "GET /Currencies, signed",
        answer.call().against(),
        "HTTP 200");
  }

  private HttpAnswer probe(
      CredentialInput given, Destination destination, URI tokens, boolean basic) {
    return new OAuthApp(http, system, destination)
        .requireClient(
            tokens,
            basic,
            given.secret("clientId"),
            given.secret("clientSecret"),
            given.secretIfAny("redirectUri").orElse("https://localhost/"));
  }

  private static CredentialTestResult unproved(String message, String against) {
    return CredentialTestResult.unproved(message, PROBE, against, "");
  }

  private static String salesforce(CredentialInput given) {
    String host = given.secretIfAny("domain").orElse("login.salesforce.com");
    if (!host.matches("[a-z0-9.-]++") || !host.endsWith(".salesforce.com")) {
      throw given.missing(
          "\"domain\" must be login.salesforce.com, test.salesforce.com, or your My Domain such as"
              + " acme.my.salesforce.com.");
    }
    return host;
  }

  private static String vend(CredentialInput given, String prefix) {
    if (!prefix.matches("[a-z0-9][a-z0-9-]*")) {
      throw given.missing("\"domainPrefix\" is the first part of the store's address.");
    }
    return "https://" + prefix + ".retail.lightspeed.app/api/1.0/token";
  }

  private static URI tokenUrl(CredentialInput given) {
    try {
      URI uri = new URI(given.secret("tokenUrl"));
      if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw noTokenUrl(given);
    }
    throw noTokenUrl(given);
  }

  private static RuntimeException noTokenUrl(CredentialInput given) {
    return given.missing("\"tokenUrl\" must be of the form https://host/path.");
  }
}
