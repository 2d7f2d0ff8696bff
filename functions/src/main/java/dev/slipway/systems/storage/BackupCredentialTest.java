package dev.slipway.systems.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Tests the login at the backup storage, without writing. Reads {@code backup-storage} {protocol:
 * s3 or webdav, endpoint, bucket, region, url}; secret {@code {"accessKey", "secretKey"}} or {@code
 * {"user", "password"}}.
 */
public final class BackupCredentialTest implements CredentialTest {

  private static final String ELEMENT = "backup-storage";

  private final HttpPort http;
  private final InstantSource clock;

  /** Tests through this way out. */
  public BackupCredentialTest(HttpPort http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  @Override
  public String system() {
    return S3Storage.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        "ListObjectsV2, or OPTIONS and PROPFIND",
        given.redactor(),
        () -> {
          BackupStorage storage = storage(given);
          String answer = storage.look();
          return Grading.valid(
              "The storage accepts the login.",
              storage instanceof S3Storage ? "ListObjectsV2" : "OPTIONS, PROPFIND",
              storage.against(),
              answer);
        });
  }

  private BackupStorage storage(CredentialInput given) {
    String protocol = given.element(ELEMENT, "protocol").toLowerCase(Locale.ROOT);
    return switch (protocol) {
      case "s3" -> {
        String bucket = given.element(ELEMENT, "bucket");
        String region = given.elementIfAny(ELEMENT, "region").orElse("us-east-1");
        S3Login login = new S3Login(given.secret("accessKey"), given.secret("secretKey"));
        try {
          yield new S3Storage(
              http, clock, new S3Bucket(given.url(ELEMENT, "endpoint"), region, bucket), login);
        } catch (IllegalArgumentException e) {
          throw given.missing(
              "\"bucket\" of the element \"" + ELEMENT + "\" is not a bucket name.");
        }
      }
      case "webdav" ->
          new WebDavStorage(
              http, given.url(ELEMENT, "url"), given.secret("user"), given.secret("password"));
      default ->
          throw given.missing(
              "\"protocol\" of the element \"" + ELEMENT + "\" must be s3 or webdav.");
    };
  }
}
