package dev.slipway.systems.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * The key of a service account of Google Cloud, and the assertion that it signs for a token (RFC
 * 7523; developers.google.com/identity/protocols/oauth2/service-account).
 *
 * @param email the account's address, which is no secret
 * @param id of the key
 */
record ServiceAccount(String email, String id, PrivateKey key) {
  /** Where tokens are given; the file's own {@code token_uri} is not asked. */
  static final URI TOKENS = URI.create("https://oauth2.googleapis.com/");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIFE_SECONDS = 3600;

  /**
   * Reads a key's file.
   *
   * @throws SystemTrouble of kind {@code INPUT} for another file: that of an OAuth client, say
   */
  static ServiceAccount read(String file) {
    JsonNode given;
    try {
      given = JSON.readTree(file);
    } catch (JsonProcessingException e) {
      throw input("The key is not JSON: give the whole text of the file.");
    }
    if (!given.path("type").asText().equals("service_account")) {
      throw input(
          "The file is not the key of a service account (its `type` is another): create one under"
              + " IAM, Service accounts, Keys.");
    }
    try {
      return new ServiceAccount(
          given.path("client_email").asText(),
          given.path("private_key_id").asText(),
          key(given.path("private_key").asText()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw input("The file's `private_key` is no RSA key in PEM: give the file as it came.");
    }
  }

  /** What is exchanged for a token: a JWT, signed with RS256. */
  String assertion(String scope, Instant now) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("alg", "RS256").put("typ", "JWT").put("kid", id);
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims
        .put("iss", email)
        .put("scope", scope)
        .put("aud", TOKENS + "token")
        .put("iat", now.getEpochSecond())
        .put("exp", now.getEpochSecond() + LIFE_SECONDS);
    String signed = part(header) + "." + part(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.UTF_8));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(ObjectNode json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    byte[] der =
        Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static SystemTrouble input(String message) {
    return new SystemTrouble(
        GoogleAnalytics.SYSTEM, Kind.INPUT, message, "service account", "the key", "");
  }
}
