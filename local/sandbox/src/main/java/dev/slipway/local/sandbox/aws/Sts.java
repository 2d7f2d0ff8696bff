package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.World;
import java.util.Map;

/**
 * STS: {@code AssumeRole} and {@code GetCallerIdentity}. A role of the world is assumed with its
 * external id. {@code OrganizationAccountAccessRole} of a new account, which one that was invited
 * lacks, trusts the sessions of the management account. A role that is not there is refused as one
 * that does not trust the caller. A region of {@code disabledRegions} takes no key.
 */
final class Sts extends FormService {

  Sts(World world) {
    super(world, "sts");
    on("AssumeRole", this::assumeRole);
    on("GetCallerIdentity", this::identity);
  }

  @Override
  String key(HttpCall call) {
    return call.parameters().getOrDefault("RoleArn", "");
  }

  private HttpAnswer assumeRole(ObjectNode part, Map<String, String> form, AwsCaller caller) {
    String arn = form.getOrDefault("RoleArn", "");
    String[] words = (arn + ":::::").split(":", -1);
    String account = words[4];
    if (!trusts(part, arn, account, form, caller)) {
      throw refusal(
          403,
          "AccessDenied",
          "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on " + arn);
    }
    int number = part.path("sessions").asInt() + 1;
    part.put("sessions", number);
    String id = "ASIASANDBOX%09d".formatted(number);
    String secret = "session/secret+%025d".formatted(number);
    String token = "session-token-%030d".formatted(number);
    part.withObjectProperty("keys")
        .putObject(id)
        .put("secret", secret)
        .put("token", token)
        .put("account", account)
        .put(
            "arn",
            "arn:aws:sts::"
                + account
                + ":assumed-role/"
                + arn.substring(arn.indexOf('/') + 1)
                + "/"
                + form.getOrDefault("RoleSessionName", ""));
    return result(
        "AssumeRole",
        "<Credentials>"
            + xml("AccessKeyId", id)
            + xml("SecretAccessKey", secret)
            + xml("SessionToken", token)
            + xml("Expiration", "2099-01-01T00:00:00Z")
            + "</Credentials>");
  }

  private static boolean trusts(
      ObjectNode part, String arn, String account, Map<String, String> form, AwsCaller caller) {
    if (part.path("roles").has(arn)) {
      String wanted = part.path("roles").path(arn).path("externalId").asText();
      String given = form.getOrDefault("ExternalId", "");
      return wanted.equals("*") ? !given.isEmpty() : given.equals(wanted);
    }
    return arn.endsWith(":role/OrganizationAccountAccessRole")
        && caller.account().equals(part.path("management").asText())
        && part.path("accounts")
            .valueStream()
            .anyMatch(
                each ->
                    each.path("Id").asText().equals(account)
                        && each.path("Status").asText().equals("ACTIVE")
                        && !each.path("JoinedMethod").asText().equals("INVITED"));
  }

  private HttpAnswer identity(ObjectNode part, Map<String, String> form, AwsCaller caller) {
    boolean enabled =
        part.path("disabledRegions")
            .valueStream()
            .noneMatch(each -> each.asText().equals(caller.region()));
    if (caller.account().isEmpty() || !enabled) {
      throw refusal(403, "InvalidClientTokenId", "The security token is invalid.");
    }
    return result(
        "GetCallerIdentity",
        xml("Arn", caller.arn()) + xml("UserId", "AIDASANDBOX") + xml("Account", caller.account()));
  }
}
