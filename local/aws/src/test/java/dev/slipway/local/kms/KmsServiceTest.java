package dev.slipway.local.kms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.KeyResource;
import dev.slipway.local.template.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** Through the SDK, as functions and tools use it. */
class KmsServiceTest {
  private static final Stack STACK = Stack.local("sample", Map.of());
  private static final byte[] CONTENT = "a report".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private AwsEndpoint endpoint;
  private KmsClient client;

  @BeforeEach
  void start() {
    start(Optional.of(folder));
  }

  private static KeyResource key(String spec, String usage) {
    return new KeyResource("one", STACK.arn("kms", "key/one"), spec, usage, "Signs");
  }

  private void start(Optional<Path> place) {
    var service =
        new KmsService(
            List.of(key("ECC_NIST_P256", "SIGN_VERIFY")), STACK, InstantSource.system(), place);
    endpoint =
        new AwsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AccessKeys(),
            AwsEndpoint.Offer.toEverybody(service),
            LocalTime.real().work("requests"));
    client =
        KmsClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  private byte[] publicKey() {
    return client.getPublicKey(r -> r.keyId("one")).publicKey().asByteArray();
  }

  private boolean verifies(byte[] signature) throws GeneralSecurityException {
    var verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey())));
    verifier.update(CONTENT);
    return verifier.verify(signature);
  }

  @Test
  void signsADigest() throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT);
    var signed =
        client.sign(
            r ->
                r.keyId("one")
                    .messageType(MessageType.DIGEST)
                    .message(SdkBytes.fromByteArray(digest))
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256));
    assertTrue(verifies(signed.signature().asByteArray()));
    assertEquals(STACK.arn("kms", "key/one"), signed.keyId());
    assertEquals(SigningAlgorithmSpec.ECDSA_SHA_256, signed.signingAlgorithm());
  }

  @Test
  void signsAMessage() throws GeneralSecurityException {
    var answer =
        client.sign(
            r ->
                r.keyId(STACK.arn("kms", "key/one"))
                    .message(SdkBytes.fromByteArray(CONTENT))
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256));
    assertTrue(verifies(answer.signature().asByteArray()));
  }

  @Test
  void describesItsKeys() {
    KeyMetadata data = client.describeKey(r -> r.keyId("one")).keyMetadata();
    assertEquals(KeySpec.ECC_NIST_P256, data.keySpec());
    assertEquals(KeyUsageType.SIGN_VERIFY, data.keyUsage());
    assertTrue(data.enabled());
    assertEquals(1, client.listKeys().keys().size());
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThrows(NotFoundException.class, () -> client.getPublicKey(r -> r.keyId("other")));
    assertThrows(
        NotFoundException.class,
        () -> client.getPublicKey(r -> r.keyId("arn:aws:kms:eu-west-1:1:key/one")));
    assertThrows(
        InvalidKeyUsageException.class,
        () ->
            client.sign(
                r ->
                    r.keyId("one")
                        .message(SdkBytes.fromByteArray(CONTENT))
                        .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PSS_SHA_256)));
    assertThrows(
        KmsException.class,
        () ->
            client.sign(
                r ->
                    r.keyId("one")
                        .messageType(MessageType.DIGEST)
                        .message(SdkBytes.fromByteArray(CONTENT))
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new KmsService(
                List.of(key("RSA_2048", "SIGN_VERIFY")),
                STACK,
                InstantSource.system(),
                Optional.empty()));
  }

  @Test
  void keepsItsKeyForItsOwnerOnly() throws IOException {
    byte[] before = publicKey();
    stop();
    start();
    assertArrayEquals(before, publicKey());
    try (var files = Files.list(folder)) {
      List<Path> kept = files.toList();
      assertEquals(1, kept.size());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.get(0))));
    }
  }

  @Test
  void withoutAFolderEachHasItsOwnKey() {
    byte[] before = publicKey();
    stop();
    start(Optional.empty());
    assertNotEquals(
        List.of(before).stream().map(java.util.Arrays::toString).collect(Collectors.joining()),
        java.util.Arrays.toString(publicKey()));
  }
}
