package dev.slipway.local.run;

/** A report and its detached signature. */
public final class SignedBytes {
  private final byte[] content;
  private final byte[] signature;

  SignedBytes(byte[] content, byte[] signature) {
    this.content = content.clone();
    this.signature = signature.clone();
  }

  /** The very bytes that were signed. */
  public byte[] content() {
    return content.clone();
  }

  /** In DER. */
  public byte[] signature() {
    return signature.clone();
  }
}
