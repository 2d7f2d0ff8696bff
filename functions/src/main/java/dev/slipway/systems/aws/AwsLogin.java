package dev.slipway.systems.aws;

import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Sleeper;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Leads into customers' AWS accounts. Slipway's own credentials, those of its function, sign {@code
 * sts:AssumeRole} and nothing else (AWS Security Token Service API Reference, AssumeRole).
 *
 * <p>The external id is the onboarding's id, and no value that anybody types: so the role of one
 * customer cannot be named in the onboarding of another (IAM User Guide, "The confused deputy
 * problem").
 *
 * <pre>{@code
 * AwsSession session =
 *     new AwsLogin(egress, clock, credentials, "eu-central-1")
 *         .enter(AwsAccess.of(secret, "uat"), work.onboarding(), "provision-account");
 * String account = session.identity().account();
 * }</pre>
 */
public final class AwsLogin {

  /** STS takes no longer name of a session. */
  private static final int LONGEST_NAME = 64;

  private final HttpPort http;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final AwsCredentialsProvider own;
  private final String region;

  /**
   * @param own Slipway's own credentials
   * @param region Slipway's own region, whose STS is asked; its sessions hold in every region
   */
  public AwsLogin(HttpPort http, InstantSource clock, AwsCredentialsProvider own, String region) {
    this(http, clock, Sleeper.REAL, own, region);
  }

  /** As above, with the pauses after throttling handed in. */
  public AwsLogin(
      HttpPort http,
      InstantSource clock,
      Sleeper sleeper,
      AwsCredentialsProvider own,
      String region) {
    this.http = http;
    this.clock = clock;
    this.sleeper = sleeper;
    this.own = own;
    this.region = region;
  }

  /**
   * Enters an account.
   *
   * @param onboarding the onboarding's id, which is the external id
   * @param purpose the task, or what else it is for: the session is named {@code
   *     slipway-<onboarding>-<purpose>}, which the customer's CloudTrail shows
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} if the role does not let Slipway in
   */
  public AwsSession enter(AwsAccess access, String onboarding, String purpose) {
    if (access.byKey()) {
      return session(AwsBasicCredentials.create(access.accessKeyId(), access.secretAccessKey()));
    }
    try {
      return session(own.resolveCredentials())
          .assume(access.roleArn(), onboarding, sessionName(onboarding, purpose));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_PERMITTED) {
        throw trouble;
      }
      throw trouble.as(
          Kind.NOT_PERMITTED,
          "AWS does not let Slipway assume the role in the account "
              + access.account().map(AwsAccess::masked).orElse("")
              + ": it is not there, or it does not trust Slipway with the external id "
              + onboarding
              + ". Deploy docs/customer-role.yaml in that account with this external id.");
    }
  }

  /** The name of a session, which the customer's CloudTrail shows. */
  public static String sessionName(String onboarding, String purpose) {
    String name = "slipway-" + onboarding + "-" + purpose;
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private AwsSession session(AwsCredentials keys) {
    return new AwsSession(http, clock, sleeper, keys, region);
  }
}
