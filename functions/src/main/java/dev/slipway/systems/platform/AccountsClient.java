package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The platform's protection of accounts (row V09), with an administrator's token. The methods are
 * those of a public client; the forms of their answers are not public, so they are read by the
 * names of fields, and a field that is not found is unknown. Every method throws {@link
 * SystemTrouble} as {@link PlatformClient} does.
 */
public final class AccountsClient {
  private static final String SYSTEM = "platform";

  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param http the way out
   * @param base the API's base address, see {@link PlatformAddress}
   * @param token an administrator's personal token
   */
  public AccountsClient(HttpPort http, URI base, String token) {
    this.calls = new PlatformCalls(http, SYSTEM, base, token);
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /** The login that the token belongs to. */
  public String login() {
    JsonNode answer = calls.read(PlatformMethod.GET_USER_INFO, Map.of());
    String login = PlatformAnswers.text(answer, "email", "login");
    if (login.isEmpty()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "The platform does not say whose the token is.",
          PlatformMethod.GET_USER_INFO.permission(),
          against(),
          calls.forTheRecord(answer));
    }
    return login;
  }

  /** Whether a second factor is mandatory for administrators, and who is trusted without one. */
  public SecondFactor secondFactor() {
    JsonNode answer = calls.read(PlatformMethod.GET_ADMIN_USERS_INFO, Map.of());
    return new SecondFactor(
        PlatformAnswers.yesOrNo(answer, "mandatory"),
        PlatformAnswers.texts(answer, "trustedUsers", "login"),
        calls.forTheRecord(answer));
  }

  /**
   * Makes a second factor mandatory for administrators, and tells them.
   *
   * @param days after which it is mandatory; that the platform counts in days is unverified
   * @param trusted the logins that need none; they replace those before
   */
  public void requireSecondFactor(int days, List<String> trusted) {
    calls.write(
        PlatformMethod.ENABLE_MANDATORY_2FA,
        Map.of(
            "period",
            String.valueOf(days),
            "notify",
            "true",
            "trustedUsers",
            String.join(",", trusted)));
  }

  /**
   * The platform's answer about activation by SMS, for the record; a trouble when it is not set.
   */
  public String activationBySms() {
    return calls.forTheRecord(calls.read(PlatformMethod.GET_SMS_LIST_DATA, Map.of()));
  }
}
