package dev.slipway.systems.storage;

import java.net.URI;

/**
 * A bucket, addressed by path ({@code endpoint/bucket/key}), which every S3-compatible storage
 * understands.
 *
 * @param endpoint scheme and host
 * @param region the region to sign for, such as {@code us-east-1}
 * @param bucket its name
 */
public record S3Bucket(URI endpoint, String region, String bucket) {

  public S3Bucket {
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,254}")) {
      throw new IllegalArgumentException("not a bucket name: " + bucket);
    }
  }
}
