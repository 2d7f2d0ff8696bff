package dev.slipway.systems.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tests the key to the vendor's packages by HeadObject of a release's package. Reads {@code
 * release} {mnohub: {package}}; secret {@code {"accessKeyId", "secretAccessKey", "bucket"}}.
 */
public final class PackagesCredentialTest implements CredentialTest {
  private static final String PROBE = "HeadObject";

  /** Asked for before a release is named; nobody has it. */
  private static final String NO_PACKAGE = "slipway-looks-for-nothing";

  private final HttpPort http;
  private final InstantSource clock;

  /** Tests through this way out. */
  public PackagesCredentialTest(HttpPort http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  @Override
  public String system() {
    return PackageStore.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("bucket");
    return Grading.of(PROBE, given.redactor(), () -> look(given, elements));
  }

  private CredentialTestResult look(CredentialInput given, JsonNode elements) {
    String bucket = given.secret("bucket");
    PackageStore store =
        new PackageStore(
            http,
            clock,
            bucket,
            new S3Login(given.secret("accessKeyId"), given.secret("secretAccessKey")));
    String key = elements.path("release").path("mnohub").path("package").asText(NO_PACKAGE);
    boolean isNamed = !key.equals(NO_PACKAGE);
    try {
      Optional<StoredObject> found = store.find(key);
      return Grading.valid(
          found.isPresent() || !isNamed
              ? "The key reads the bucket " + bucket + "."
              : "The key reads the bucket " + bucket + ", which does not have " + key + " yet.",
          PROBE,
          "s3://" + bucket,
          found.map(object -> object.size() + " bytes").orElse("no such object"));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != SystemTrouble.Kind.NOT_PERMITTED || isNamed) {
        throw trouble;
      }
      return Grading.graded(
          Grade.INCONCLUSIVE,
          "AWS knows the key. Whether it may read a package shows once `release` names one: give"
              + " that element, then store the key again.",
          PROBE,
          "s3://" + bucket,
          trouble.answered());
    }
  }
}
