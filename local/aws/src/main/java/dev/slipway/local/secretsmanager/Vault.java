package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.aws.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets on disk: one file per secret, encrypted by AES-256-GCM with the key in {@code
 * secrets.key}, which only its owner may read. Neither content nor name of a file tells anything;
 * the name is bound to the content, so that files cannot be exchanged.
 */
final class Vault {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String SUFFIX = ".secret";

  private final Path folder;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  Vault(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.key = new SecretKeySpec(DurableFiles.key(folder.resolve("secrets.key"), 32), "AES");
  }

  List<Secret> load() {
    var secrets = new ArrayList<Secret>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(one -> one.toString().endsWith(SUFFIX)).sorted().toList()) {
        secrets.add(Secret.of(decrypt(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return secrets;
  }

  void save(Secret secret) {
    var file = file(secret.name());
    try {
      var nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      var encrypted =
          cipher(Cipher.ENCRYPT_MODE, nonce, file)
              .doFinal(secret.toJson().toString().getBytes(StandardCharsets.UTF_8));
      var content = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
      System.arraycopy(encrypted, 0, content, NONCE_BYTES, encrypted.length);
      DurableFiles.replace(file, content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
      DurableFiles.forceFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode decrypt(Path file) throws IOException {
    var content = Files.readAllBytes(file);
    try {
      var nonce = Arrays.copyOf(content, NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, nonce, file);
      return JSON.readTree(cipher.doFinal(content, NONCE_BYTES, content.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the secret in " + file.getFileName() + " cannot be decrypted with this key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, Path file) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private Path file(String name) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + SUFFIX);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
