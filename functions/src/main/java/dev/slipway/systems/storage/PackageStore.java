package dev.slipway.systems.storage;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The vendor's packages in a bucket at AWS, of which the region is not given: the bucket tells it.
 *
 * <pre>{@code
 * new PackageStore(http, clock, "vendor-packages", login).find("releases/mnohub-4.2.1.tgz");
 * }</pre>
 */
public final class PackageStore {
  /** The name of the credential, and of the system in troubles. */
  public static final String SYSTEM = "packages";

  /** Where a bucket is asked for first. */
  private static final String FIRST = "us-east-1";

  private final HttpPort http;
  private final InstantSource clock;
  private final String bucket;
  private final S3Login login;

  public PackageStore(HttpPort http, InstantSource clock, String bucket, S3Login login) {
    this.http = http;
    this.clock = clock;
    this.bucket = bucket;
    this.login = login;
  }

  /**
   * A package by its key (HeadObject); empty if it is not there, which AWS tells only to whoever
   * may list the bucket: others are not permitted to ask.
   */
  public Optional<StoredObject> find(String key) {
    return in(in(FIRST).region().orElse(FIRST)).object(key);
  }

  /** Bucket and key, as a report may name them. */
  public String against(String key) {
    return "s3://" + bucket + "/" + key;
  }

  private S3Storage in(String region) {
    URI endpoint = URI.create("https://s3." + region + ".amazonaws.com");
    S3Bucket of = new S3Bucket(endpoint, region, bucket);
    return new S3Storage(http, clock, SYSTEM, Destination.VENDOR, of, login);
  }
}
