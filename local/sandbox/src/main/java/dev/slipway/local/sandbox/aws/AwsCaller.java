package dev.slipway.local.sandbox.aws;

/**
 * Who signed a request.
 *
 * @param account the account's id; empty for keys of another account, such as Slipway's own
 * @param arn the user, or the assumed role
 * @param region the region that the request was signed for
 */
record AwsCaller(String account, String arn, String region) {}
