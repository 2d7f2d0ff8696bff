package dev.slipway.systems.billing;

import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.net.HttpPort;
import java.util.Optional;
import java.util.Set;

/** The billing systems that a machine can speak to, by their words in the checklist. */
public final class BillingSystems {

  private BillingSystems() {}

  /** Whether a machine can speak to a system, and needs its credential. */
  public static boolean spokenTo(String system) {
    return Set.of("whmcs", "hostbill", "stripe").contains(system);
  }

  /**
   * The system given; empty for one whose API is not publicly known (PBA, Cleverbridge, custom),
   * where everything is a person's.
   *
   * @param given element {@code external-billing} and the secret {@code {"identifier", "secret",
   *     "accessKey"?}}
   */
  public static Optional<BillingSystem> of(HttpPort http, CredentialInput given) {
    return switch (given.element("external-billing", "system")) {
      case "whmcs" ->
          Optional.of(
              new Whmcs(
                  http,
                  given.url("external-billing", "url"),
                  new Whmcs.Login(
                      given.secret("identifier"),
                      given.secret("secret"),
                      given.secretIfAny("accessKey"))));
      case "hostbill" ->
          Optional.of(
              new HostBill(
                  http,
                  given.url("external-billing", "url"),
                  given.secret("identifier"),
                  given.secret("secret")));
      case "stripe" -> Optional.of(new Stripe(http, given.secret("secret")));
      default -> Optional.empty();
    };
  }
}
