package dev.slipway.local.data.objects;

import dev.slipway.local.data.dump.DataTrouble;
import java.net.InetAddress;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bucket is: {@code s3://acme-assets?region=eu-west-1}, and for a storage that is not AWS's
 * {@code &endpoint=https://minio.internal:9000} behind it.
 *
 * @param endpoint scheme, host and port
 * @param region that requests are signed for
 * @param bucket its name there
 */
record BucketAddress(URI endpoint, String region, String bucket) {
  private static final Pattern FORM =
      Pattern.compile(
          "s3://([a-z0-9][a-z0-9._-]{1,62})\\?region=([a-z0-9-]{2,40})(?:&endpoint=([^?&#]{8,200}))?");

  /**
   * Reads an address.
   *
   * @param name of it, such as {@code assets-source}
   * @throws DataTrouble {@code address-wrong} if it is none
   */
  static BucketAddress parse(String name, String address) {
    Matcher form = FORM.matcher(address);
    if (!form.matches()) {
      throw wrong(name);
    }
    String endpoint = form.group(3);
    return new BucketAddress(
        endpoint == null
            ? URI.create("https://s3." + form.group(2) + ".amazonaws.com")
            : endpoint(name, endpoint),
        form.group(2),
        form.group(1));
  }

  /** Unencrypted on this machine only: the objects are personal data. */
  private static URI endpoint(String name, String text) {
    try {
      URI endpoint = URI.create(text.replaceAll("/$", ""));
      boolean usable =
          endpoint.getHost() != null
              && endpoint.getUserInfo() == null
              && endpoint.getPath().isEmpty()
              && ("https".equals(endpoint.getScheme())
                  || ("http".equals(endpoint.getScheme()) && isLoopback(endpoint.getHost())));
      if (usable) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong(name);
  }

  private static boolean isLoopback(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static DataTrouble wrong(String name) {
    return new DataTrouble(
        "address-wrong",
        "The address of "
            + name
            + " must be s3://BUCKET?region=REGION, for other storages than AWS's with"
            + " &endpoint=https://HOST:PORT behind it.");
  }

  /**
   * Whether the other bucket's objects can be copied from there to here without passing by here.
   */
  boolean isBeside(BucketAddress other) {
    return endpoint.equals(other.endpoint) || (isAws() && other.isAws());
  }

  /** AWS has a bucket's name once, in whichever region. */
  boolean isSame(BucketAddress other) {
    return bucket.equals(other.bucket) && isBeside(other);
  }

  private boolean isAws() {
    return endpoint.getHost().endsWith(".amazonaws.com");
  }
}
