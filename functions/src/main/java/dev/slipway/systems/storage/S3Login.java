package dev.slipway.systems.storage;

/**
 * An access key of an S3-compatible storage.
 *
 * @param accessKey its id
 * @param secretKey its secret part, which signs and is never sent
 */
public record S3Login(String accessKey, String secretKey) {

  @Override
  public String toString() {
    return "S3Login[…]";
  }
}
