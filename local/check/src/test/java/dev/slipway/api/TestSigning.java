package dev.slipway.api;

import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.kms.KmsService;
import dev.slipway.local.kms.Pem;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.KeyResource;
import dev.slipway.local.template.Stack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The local KMS with one key that signs, for tests. */
final class TestSigning implements AutoCloseable {
  private static final Stack STACK = Stack.local("slipway", Map.of());
  private static final KeyResource KEY =
      new KeyResource(
          "report-key",
          STACK.arn("kms", "key/report-key"),
          "ECC_NIST_P256",
          "SIGN_VERIFY",
          "Signs reports");

  private final AwsEndpoint endpoint =
      new AwsEndpoint(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new AccessKeys(),
          AwsEndpoint.Offer.toEverybody(
              new KmsService(List.of(KEY), STACK, InstantSource.system(), Optional.empty())),
          LocalTime.real().work("requests"));

  URI endpoint() {
    return endpoint.uri();
  }

  String key() {
    return KEY.arn();
  }

  /** To be closed by the caller. */
  KmsClient client() {
    return KmsClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** In PEM. */
  String publicKey() {
    try (KmsClient kms = client()) {
      return Pem.of("PUBLIC KEY", kms.getPublicKey(r -> r.keyId(key())).publicKey().asByteArray());
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
