package dev.slipway.local.run;

/**
 * A report and its detached signature.
 *
 * @param content the very bytes that were signed
 * @param signature in DER
 */
public record SignedBytes(byte[] content, byte[] signature) {
  public SignedBytes {
    content = content.clone();
    signature = signature.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }
}
