package dev.slipway.systems.platform;

import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Map;

/**
 * The acts of a visitor without an account at the platform: signing up. The methods are those of a
 * public client; unverified are whether they can be called without a session, and the platform's
 * answer for an address that is taken.
 */
public final class VisitorClient {

  private static final String SYSTEM = "platform";

  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param base the API's base address, see {@link PlatformAddress}
   */
  public VisitorClient(HttpPort http, URI base) {
    this.calls = new PlatformCalls(http, SYSTEM, base, "");
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /**
   * Signs up, which has the platform send an e-mail with an activation key. An account that nobody
   * activates is removed by the platform after 24 hours.
   *
   * @param password secret, and never kept
   * @throws SystemTrouble of kind {@code REJECTED} also for an address that has an account
   */
  public void signUp(String email, String name, String password) {
    calls.writeSecret(
        PlatformMethod.CREATE_ACCOUNT,
        Map.of("email", email, "password", password, "name", name),
        password);
  }

  /** The platform's answer about an address, for the record. */
  public String registration(String email) {
    return calls.forTheRecord(
        calls.read(PlatformMethod.CHECK_EMAIL_REGISTRATION, Map.of("email", email)));
  }
}
