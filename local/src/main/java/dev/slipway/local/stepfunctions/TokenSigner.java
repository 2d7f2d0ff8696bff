package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.TaskTokens;
import dev.slipway.local.aws.DurableFiles;
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
    var bytes = new byte[RANDOM_BYTES + SEAL_BYTES];
    var unique = new byte[RANDOM_BYTES];
    random.nextBytes(unique);
    System.arraycopy(unique, 0, bytes, 0, RANDOM_BYTES);
    System.arraycopy(seal(unique), 0, bytes, RANDOM_BYTES, SEAL_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether the token was made here. */
  boolean made(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (bytes.length != RANDOM_BYTES + SEAL_BYTES) {
      return false;
    }
    return MessageDigest.isEqual(
        seal(Arrays.copyOf(bytes, RANDOM_BYTES)),
        Arrays.copyOfRange(bytes, RANDOM_BYTES, bytes.length));
  }

  private byte[] seal(byte[] unique) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(unique), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
