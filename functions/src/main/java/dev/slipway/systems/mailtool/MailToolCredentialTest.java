package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.Regions;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tests the key of a mail tool (M45). Reads {@code mail-tool} {region}; secret {@code {"key"}}. Its
 * three systems differ in the call that proves a key, and in nothing else.
 */
public final class MailToolCredentialTest implements CredentialTest {

  private static final String ELEMENT = "mail-tool";

  private final String system;
  private final String probe;
  private final Function<CredentialInput, CredentialTestResult> proof;

  private MailToolCredentialTest(
      String system, String probe, Function<CredentialInput, CredentialTestResult> proof) {
    this.system = system;
    this.probe = probe;
    this.proof = proof;
  }

  /** The tests of all tools. */
  public static List<CredentialTest> all(HttpPort http) {
    return List.of(mandrill(http), sparkPost(http), mailgun(http));
  }

  /** Mandrill's. */
  public static CredentialTest mandrill(HttpPort http) {
    String probe = "POST users/info";
    return new MailToolCredentialTest(
        Mandrill.SYSTEM,
        probe,
        given -> {
          Mandrill tool = new Mandrill(http, given.secret("key"));
          Mandrill.Account account = tool.account();
          return Grading.valid(
              account.isSlow()
                  ? "Mandrill accepts the key, but the account's reputation is %d of 100 and %d mails"
                          .formatted(account.reputation(), account.backlog())
                      + " wait for its quota: mails may come late."
                  : "Mandrill accepts the key.",
              probe,
              tool.against(),
              "reputation " + account.reputation());
        });
  }

  /** SparkPost's. */
  public static CredentialTest sparkPost(HttpPort http) {
    String probe = "GET account";
    Regions regions = regions(SparkPost.SYSTEM, SparkPost.BASES);
    return new MailToolCredentialTest(
        SparkPost.SYSTEM,
        probe,
        given ->
            regions.ask(
                region(given),
                base -> {
                  SparkPost tool = new SparkPost(http, base, given.secret("key"));
                  String state = tool.state();
                  return state.equals("active")
                      ? Grading.valid("SparkPost accepts the key.", probe, tool.against(), state)
                      : Grading.graded(
                          Grade.INSUFFICIENT_PERMISSION,
                          "SparkPost accepts the key, but the account is %s: have SparkPost activate it, then store the key again."
                              .formatted(state),
                          probe,
                          tool.against(),
                          state);
                }));
  }

  /** Mailgun's. */
  public static CredentialTest mailgun(HttpPort http) {
    String probe = "GET v4/domains";
    Regions regions = regions(Mailgun.SYSTEM, Mailgun.BASES);
    return new MailToolCredentialTest(
        Mailgun.SYSTEM,
        probe,
        given ->
            regions.ask(
                region(given),
                base -> {
                  Mailgun tool = new Mailgun(http, base, "", given.secret("key"));
                  return Grading.valid(
                      "Mailgun accepts the key.",
                      probe,
                      tool.against(),
                      tool.domains() + " domain(s)");
                }));
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system, secret, elements);
    return Grading.of(probe, given.redactor(), () -> proof.apply(given));
  }

  private static Regions regions(String system, Map<String, URI> bases) {
    return new Regions(system, ELEMENT + ".region", bases);
  }

  private static String region(CredentialInput given) {
    return given.elementIfAny(ELEMENT, "region").orElse("us");
  }
}
