package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.TaskTokens;
import dev.slipway.local.aws.DurableFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes task tokens that carry a seal, so that a token whose task is over ({@code TaskTimedOut})
 * can be told from one that was never given out ({@code InvalidToken}), without keeping them all.
 * They also say whose they are, for that is what a caller must have leave to answer.
 */
final class TokenSigner implements TaskTokens {
  private static final int RANDOM_BYTES = 32;
  private static final int SEAL_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /**
   * @param folder where the key stays, so that tokens outlive the process
   */
  TokenSigner(Optional<Path> folder) {
    this.key =
        new SecretKeySpec(
            folder
                .map(place -> DurableFiles.key(place.resolve("task-tokens.key"), 32))
                .orElseGet(this::newKey),
            "HmacSHA256");
  }

  private byte[] newKey() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String create(String taskId) {
    var executionArn = taskId.substring(0, Math.max(0, taskId.lastIndexOf('/')));
    var owner =
        executionArn.isEmpty()
            ? new byte[0]
            : TaskPermissions.stateMachineArn(executionArn).getBytes(StandardCharsets.UTF_8);
    var unique = new byte[RANDOM_BYTES];
    random.nextBytes(unique);
    var content = ByteBuffer.allocate(RANDOM_BYTES + owner.length).put(unique).put(owner).array();
    var bytes =
        ByteBuffer.allocate(content.length + SEAL_BYTES).put(content).put(seal(content)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The ARN of the state machine whose token it is; empty for a token that was not made here. */
  Optional<String> stateMachineArn(String token) {
    return content(token)
        .map(
            content ->
                new String(
                    content, RANDOM_BYTES, content.length - RANDOM_BYTES, StandardCharsets.UTF_8));
  }

  /** Whether the token was made here. */
  boolean made(String token) {
    return content(token).isPresent();
  }

  /** The content that the seal vouches for. */
  private Optional<byte[]> content(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length < RANDOM_BYTES + SEAL_BYTES) {
      return Optional.empty();
    }
    var content = Arrays.copyOf(bytes, bytes.length - SEAL_BYTES);
    var seal = Arrays.copyOfRange(bytes, content.length, bytes.length);
    return MessageDigest.isEqual(seal(content), seal) ? Optional.of(content) : Optional.empty();
  }

  private byte[] seal(byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(content), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
