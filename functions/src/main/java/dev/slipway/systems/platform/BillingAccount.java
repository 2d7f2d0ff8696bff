package dev.slipway.systems.platform;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A customer's account, as the platform reports it.
 *
 * @param uid the customer's number
 * @param email the customer's address
 * @param groupType {@code beta}, {@code trial}, {@code billing} or {@code post}; empty when not
 *     reported
 * @param status the platform's number for the status; {@value #ACTIVE} is active
 * @param balance balance and bonus together; empty when not reported
 */
public record BillingAccount(
    long uid, String email, String groupType, int status, Optional<BigDecimal> balance) {

  /** The status of an account that may use the platform (unverified number). */
  public static final int ACTIVE = 1;

  /** The status of an account that may not (unverified number). */
  public static final int DEACTIVATED = 2;

  /** Whether it pays. */
  public boolean commercial() {
    return groupType.equalsIgnoreCase("billing") || groupType.equalsIgnoreCase("post");
  }

  /** Whether it may use the platform. */
  public boolean active() {
    return status == ACTIVE;
  }
}
