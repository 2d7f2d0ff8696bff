package dev.slipway.systems.storage;

import java.net.URI;
import java.util.Optional;

/**
 * A bucket, addressed by path ({@code endpoint/bucket/key}), which nearly every S3-compatible
 * storage understands, or by host name ({@code bucket.host/key}), which some insist on.
 *
 * @param endpoint scheme and host; the host may begin with the bucket's name already
 * @param region the region to sign for, such as {@code us-east-1}
 * @param bucket its name
 */
public record S3Bucket(URI endpoint, String region, String bucket) {

  public S3Bucket {
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,254}")) {
      throw new IllegalArgumentException("not a bucket name: " + bucket);
    }
  }

  /**
   * The bucket's address in path style.
   *
   * @param rest what follows the bucket: empty, or beginning with a slash or a question mark
   */
  URI byPath(String rest) {
    return URI.create(withoutSlash() + "/" + bucket + rest);
  }

  /** The same in virtual-hosted style; empty where the host is an address and takes no name. */
  Optional<URI> byHost(String rest) {
    String host = endpoint.getHost();
    if (host.startsWith("[") || host.matches("[0-9.]+")) {
      return Optional.empty();
    }
    String address =
        isNamedByHost() ? withoutSlash() : withoutSlash().replaceFirst("://", "://" + bucket + ".");
    return Optional.of(URI.create(address + (rest.startsWith("/") ? rest : "/" + rest)));
  }

  /** Whether the endpoint given may be that of the bucket itself. */
  boolean isNamedByHost() {
    return endpoint.getHost().startsWith(bucket + ".");
  }

  private String withoutSlash() {
    String text = endpoint.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
