package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * SSH keys of users are public keys that can be used: Ed25519, or RSA of 3072 bits at least (M03).
 * Their form is RFC 4253, section 6.6, and RFC 8709, section 4.
 */
public final class SshKeysUsable implements ElementCheck {
  private static final int LEAST_BITS = 3072;
  private static final int ED25519_BYTES = 32;

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < subject.value().size(); i++) {
      JsonNode user = subject.value().get(i);
      if (user.has("sshKey")) {
        String field = "/" + i + "/sshKey";
        fault(user.path("sshKey").asText().strip().split("\\s+"))
            .ifPresent(
                fault ->
                    findings.add(
                        ElementFinding.error(
                            "ssh-key.unusable",
                            field,
                            fault,
                            "Give the public key of `ssh-keygen -t ed25519`, the file's whole"
                                + " line.")));
      }
    }
    return findings;
  }

  private static Optional<String> fault(String[] parts) {
    try {
      ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
      String type = new String(next(blob), StandardCharsets.US_ASCII);
      if (!type.equals(parts[0])) {
        return Optional.of("The key is of another type than its line says.");
      }
      byte[] first = next(blob);
      if (type.equals("ssh-ed25519")) {
        return first.length == ED25519_BYTES && !blob.hasRemaining()
            ? Optional.empty()
            : Optional.of("The key is cut off.");
      }
      int bits = new java.math.BigInteger(1, next(blob)).bitLength();
      return bits >= LEAST_BITS
          ? Optional.empty()
          : Optional.of("The RSA key has %d bits; %d are needed.".formatted(bits, LEAST_BITS));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.of("This is no public key in OpenSSH's format.");
    }
  }

  /** A length of 4 bytes, and as many bytes (RFC 4251, section 5). */
  private static byte[] next(ByteBuffer blob) {
    int length = blob.getInt();
    if (length < 0 || length > blob.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    blob.get(bytes);
    return bytes;
  }
}
