package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.SystemTrouble;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a customer lets Slipway into an AWS account: by a role that trusts Slipway, or by an access
 * key, which is the worse way because it lasts.
 *
 * @param roleArn the role, or empty text if there is a key
 * @param accessKeyId the key's id, or empty text
 * @param secretAccessKey the key's secret part, or empty text
 */
public record AwsAccess(String roleArn, String accessKeyId, String secretAccessKey) {

  /** Slipway's functions may assume roles of such names and no others (template.yaml). */
  private static final Pattern ROLE =
      Pattern.compile("arn:aws:iam::(\\d{12}):role/slipway-[\\w+=,.@-]{1,56}");

  private static final int SHOWN = 4;

  /**
   * The access that the credential {@code aws} says for an environment: {@code {"roleArn",
   * "productionRoleArn"?}}, or {@code {"accessKeyId", "secretAccessKey"}}.
   *
   * @param environment {@code production} has a role of its own where its account has; empty text
   *     for what concerns no environment
   * @throws SystemTrouble of kind {@code INPUT} if it says neither, or names another role
   */
  public static AwsAccess of(JsonNode secret, String environment) {
    String role = secret.path("roleArn").asText();
    AwsAccess access =
        new AwsAccess(
            secret.path(environment + "RoleArn").asText(role),
            secret.path("accessKeyId").asText(),
            secret.path("secretAccessKey").asText());
    if (access.byKey() ? access.secretAccessKey.isEmpty() : !access.role().matches()) {
      throw new SystemTrouble(
          AwsSession.SYSTEM,
          SystemTrouble.Kind.INPUT,
          "The credential \"aws\" must hold roleArn, of the form"
              + " arn:aws:iam::<account>:role/slipway-<name>, or accessKeyId and secretAccessKey.",
          "the credential",
          AwsSession.SYSTEM,
          "");
    }
    return access;
  }

  /** Whether it is an access key, which lasts until somebody deletes it. */
  public boolean byKey() {
    return roleArn.isEmpty() && !accessKeyId.isEmpty();
  }

  /** The account that the role is in; empty with a key, of which only AWS knows the account. */
  public Optional<String> account() {
    Matcher role = role();
    return role.matches() ? Optional.of(role.group(1)) : Optional.empty();
  }

  /** An account's id as it may be shown: {@code …0001}. */
  public static String masked(String account) {
    return "…" + account.substring(Math.max(0, account.length() - SHOWN));
  }

  private Matcher role() {
    return ROLE.matcher(roleArn);
  }

  @Override
  public String toString() {
    return byKey() ? "AwsAccess[a key]" : "AwsAccess[a role]";
  }
}
