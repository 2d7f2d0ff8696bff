package dev.slipway.local.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.probe.EnrolmentCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * The identity of a runner: its onboarding, its id, and the key that it made itself. The private
 * half never leaves this process, unless the person who starts it names a file for it.
 */
public record RunnerKey(String onboarding, String runner, PrivateKey key, String publicKey) {
  private static final String ALGORITHM = "Ed25519";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** A new key for the runner that a code names. */
  public static RunnerKey make(EnrolmentCode code) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new RunnerKey(
          code.onboarding(),
          code.runner(),
          pair.getPrivate(),
          Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws RunnerFailure if the file cannot be read as such
   */
  public static RunnerKey load(Path file) {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readString(file));
      byte[] encoded = Base64.getDecoder().decode(json.path("privateKey").asText());
      return new RunnerKey(
          json.path("onboarding").asText(),
          json.path("runner").asText(),
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)),
          json.path("publicKey").asText());
    } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
      throw new RunnerFailure("--key-file: " + file + " is not a probe runner's key");
    } catch (IOException e) {
      throw new RunnerFailure("--key-file: " + file + " cannot be read");
    }
  }

  /** Writes a new file that only its owner can read. */
  public void save(Path file) {
    String text =
        Json.MAPPER
            .createObjectNode()
            .put("onboarding", onboarding)
            .put("runner", runner)
            .put("publicKey", publicKey)
            .put("privateKey", Base64.getEncoder().encodeToString(key.getEncoded()))
            .toString();
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createFile(file);
      }
      Files.writeString(file, text, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new RunnerFailure("--key-file: " + file + " cannot be written (is it there already?)");
    }
  }

  @Override
  public String toString() {
    return "RunnerKey[" + onboarding + "." + runner + "]";
  }
}
