package dev.slipway.local.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.local.aws.DurableFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands in for the identity provider: issues tokens signed with RS256 and publishes the key. A key
 * that is kept outlives a restart, and with it the tokens; otherwise they end with the process.
 */
public final class LocalIssuer {
  /** The path at which {@link ApiExtensions} gives callers tokens for other people. */
  public static final String TOKENS = "/.local/tokens";

  private final Supplier<String> issuer;
  private final String audience;
  private final InstantSource clock;
  private final Duration validity;
  private final RSAKey key;
  private final boolean kept;

  /**
   * An issuer.
   *
   * @param issuer the value of {@code iss}, known once the server listens
   * @param validity how long a token is good for
   * @param keyFile where its key is kept; empty: the key is new
   */
  public LocalIssuer(
      Supplier<String> issuer,
      String audience,
      InstantSource clock,
      Duration validity,
      Optional<Path> keyFile) {
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
    this.validity = validity;
    this.kept = keyFile.isPresent();
    this.key = keyFile.map(LocalIssuer::keptIn).orElseGet(() -> ProcessKey.RSA);
  }

  /** Serves all issuers of this process that keep no key: to find its primes takes a second. */
  private static final class ProcessKey {
    private static final RSAKey RSA = newKey();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("local").algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey keptIn(Path file) {
    try {
      byte[] json =
          DurableFiles.key(file, () -> newKey().toJSONString().getBytes(StandardCharsets.UTF_8));
      return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new IllegalStateException(file + " holds no key", e);
    }
  }

  /** The value of {@code iss}. */
  public String issuer() {
    return issuer.get();
  }

  /** The value of {@code aud}. */
  public String audience() {
    return audience;
  }

  /**
   * A token for a person; {@code exp} and other claims can be overridden.
   *
   * @param subject who: becomes {@code sub}
   * @param claims further claims
   */
  public String token(String subject, Map<String, Object> claims) {
    var now = clock.instant();
    var set =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(audience)
            .subject(subject)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validity)));
    claims.forEach(set::claim);
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /** The claims of a token that this issuer signed for one of these audiences and is valid now. */
  Optional<Map<String, Object>> verify(String token, List<String> audiences) {
    try {
      var parsed = SignedJWT.parse(token);
      if (!parsed.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
          || !parsed.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
        return Optional.empty();
      }
      var claims = parsed.getJWTClaimsSet();
      var now = clock.instant();
      boolean valid =
          isOwn(claims.getIssuer())
              && forOneOf(audiences, claims)
              && claims.getExpirationTime() != null
              && claims.getExpirationTime().toInstant().isAfter(now)
              && begun(claims.getNotBeforeTime())
              && begun(claims.getIssueTime());
      return valid ? Optional.of(claims.toJSONObject()) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException | StackOverflowError e) {
      // A text on which the parser fails is no token of ours.
      return Optional.empty();
    }
  }

  /** Under whichever address it was served, for the key is the data folder's own. */
  private boolean isOwn(String name) {
    return name != null && (kept || name.equals(issuer()));
  }

  private static boolean forOneOf(List<String> audiences, JWTClaimsSet claims)
      throws ParseException {
    if (!claims.getAudience().isEmpty()) {
      return claims.getAudience().stream().anyMatch(audiences::contains);
    }
    return audiences.contains(String.valueOf(claims.getStringClaim("client_id")));
  }

  private boolean begun(Date date) {
    return date == null || !date.toInstant().isAfter(clock.instant());
  }

  /** The document of OpenID Connect discovery. */
  Map<String, Object> configuration() {
    return Map.of(
        "issuer", issuer(),
        "jwks_uri", issuer() + "/.well-known/jwks.json",
        "id_token_signing_alg_values_supported", List.of("RS256"),
        "response_types_supported", List.of("token"),
        "subject_types_supported", List.of("public"));
  }

  /** The public key. */
  Map<String, Object> keys() {
    return new JWKSet(key).toPublicJWKSet().toJSONObject();
  }
}
