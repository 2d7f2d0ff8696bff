package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests the way into a customer's AWS accounts: the role is assumed, and AWS says whose account it
 * is. Reads {@code infrastructure} {provider, account, uat, production}; secret {@code {"roleArn",
 * "productionRoleArn"?}} or {@code {"accessKeyId", "secretAccessKey"}}. Where accounts are new, the
 * account has to be an organization's management account.
 */
public final class AwsCredentialTest implements CredentialTest {

  private static final String PROBE = "sts:AssumeRole, sts:GetCallerIdentity";
  private static final String AGAINST = "AWS";
  private static final List<String> ENVIRONMENTS = List.of("uat", "production");

  private final AwsLogin login;
  private final String onboarding;

  /**
   * @param onboarding the onboarding's id, which is the external id
   */
  public AwsCredentialTest(AwsLogin login, String onboarding) {
    this.login = login;
    this.onboarding = onboarding;
  }

  @Override
  public String system() {
    return AwsSession.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE, given.redactor(), () -> tested(given, secret, elements.path("infrastructure")));
  }

  private CredentialTestResult tested(
      CredentialInput given, JsonNode secret, JsonNode infrastructure) {
    boolean onAws = infrastructure.path("provider").asText().equals("aws");
    boolean fresh = infrastructure.path("account").asText().equals("new");
    Map<AwsAccess, AwsSession> sessions = new LinkedHashMap<>();
    List<String> seen = new ArrayList<>();
    for (String environment : ENVIRONMENTS) {
      AwsAccess access = AwsAccess.of(secret, environment);
      AwsSession session =
          sessions.computeIfAbsent(access, way -> login.enter(way, onboarding, "test"));
      AwsIdentity identity = session.identity();
      if (!seen.contains(identity.shown())) {
        seen.add(identity.shown());
      }
      String wanted = infrastructure.path(environment).path("account").asText();
      if (onAws && !fresh && !wanted.isEmpty() && !wanted.equals(identity.account())) {
        return Grading.graded(
            Grade.WRONG_REGION_OR_ENV,
            "It leads to the account "
                + AwsAccess.masked(identity.account())
                + ", and infrastructure."
                + environment
                + ".account is "
                + AwsAccess.masked(wanted)
                + ": correct one of them. A role of Production's own goes into"
                + " productionRoleArn.",
            PROBE,
            AGAINST,
            String.join("; ", seen));
      }
      if (onAws) {
        requireRegion(given, session, infrastructure.path(environment).path("region").asText());
      }
    }
    if (onAws && fresh) {
      requireManagement(sessions.values().iterator().next());
    }
    return Grading.valid(
        AwsAccess.of(secret, "").byKey()
            ? "AWS accepts the key. It lasts until somebody deletes it: a role is better, made from"
                + " docs/customer-role.yaml."
            : "AWS lets Slipway in by the role.",
        PROBE,
        AGAINST,
        String.join("; ", seen));
  }

  /** A region that an account has not enabled takes none of its keys. */
  private static void requireRegion(CredentialInput given, AwsSession session, String region) {
    if (region.isEmpty()) {
      return;
    }
    try {
      session.identity(region);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      throw new SystemTrouble(
          given.system(),
          Kind.WRONG_PLACE,
          "The account has not enabled the region " + region + ".",
          trouble.asked(),
          trouble.against(),
          trouble.answered());
    }
  }

  /** Only the management account makes accounts, and lists them. */
  private static void requireManagement(AwsSession session) {
    try {
      session
          .json(AwsJson.Service.ORGANIZATIONS, Organizations.REGION)
          .read("ListAccounts", JsonNodeFactory.instance.objectNode().put("MaxResults", 1));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_PERMITTED) {
        throw trouble;
      }
      throw trouble.as(
          Kind.NOT_PERMITTED,
          "New accounts are made in an organization's management account, and this access may not"
              + " list accounts there. Deploy docs/customer-role.yaml in the management account.");
    }
  }
}
