package dev.slipway.local.template;

/**
 * A key of KMS.
 *
 * @param spec such as {@code ECC_NIST_P256}
 * @param usage such as {@code SIGN_VERIFY}
 */
public record KeyResource(String id, String arn, String spec, String usage, String description) {}
