package dev.slipway.systems.aws;

/**
 * Who a session is, as AWS says (sts:GetCallerIdentity).
 *
 * @param account the account's id, twelve digits
 * @param arn the user or the assumed role
 */
public record AwsIdentity(String account, String arn) {

  /** The identity without the account's whole id: {@code assumed-role/slipway-access/…}. */
  public String shown() {
    return arn.substring(arn.lastIndexOf(':') + 1) + " in account " + AwsAccess.masked(account);
  }
}
