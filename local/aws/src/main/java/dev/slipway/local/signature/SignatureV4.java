package dev.slipway.local.signature;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code Authorization} header of AWS's Signature Version 4.
 *
 * @param scope date, region, service and {@code aws4_request}
 */
public record SignatureV4(
    String accessKeyId, List<String> scope, List<String> signedHeaders, String signature) {
  /** The form of {@code x-amz-date}, in UTC. */
  public static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private static final Duration MOST_SKEW = Duration.ofMinutes(15);
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+Credential=([^/,]+)/([^,]+),\\s*SignedHeaders=([^,]+),"
              + "\\s*Signature=([0-9a-fA-F]+).*");

  /** Reads the header; empty if it is missing or of another kind. */
  public static Optional<SignatureV4> read(String header) {
    if (header == null) {
      return Optional.empty();
    }
    var matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SignatureV4(
            matcher.group(1),
            List.of(matcher.group(2).split("/", -1)),
            List.of(matcher.group(3).split(";", -1)),
            matcher.group(4)));
  }

  /** The region that the request was signed for. */
  public String region() {
    return scope.get(1);
  }

  /** Whether a request's {@code x-amz-date} is within 15 minutes of now. */
  public static boolean isTimely(String signedAt, Instant now) {
    try {
      var at = LocalDateTime.parse(signedAt, SIGNED_AT).toInstant(ZoneOffset.UTC);
      return Duration.between(at, now).abs().compareTo(MOST_SKEW) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /**
   * The signed parts of a request, apart from the header itself.
   *
   * @param path as sent, percent-encoded
   * @param query as sent; empty or null if there is none
   * @param bodyHash SHA-256 of the body, in hexadecimal digits; for S3 its header {@code
   *     x-amz-content-sha256}
   */
  public record Signed(
      String method,
      String path,
      String query,
      Function<String, String> headers,
      String bodyHash) {}

  /** Whether the request was signed with that secret. */
  public boolean matches(String secret, Signed request) {
    if (scope.size() != 4) {
      return false;
    }
    var expected = HexFormat.of().formatHex(hmac(signingKey(secret), stringToSign(request)));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] signingKey(String secret) {
    var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (var part : scope) {
      key = hmac(key, part);
    }
    return key;
  }

  private String stringToSign(Signed request) {
    var canonical = new StringBuilder();
    canonical.append(request.method()).append('\n');
    canonical.append(request.path().isEmpty() ? "/" : request.path()).append('\n');
    canonical.append(canonicalQuery(request.query())).append('\n');
    for (var name : signedHeaders) {
      var value = request.headers().apply(name);
      canonical
          .append(name)
          .append(':')
          .append(value == null ? "" : value.strip().replaceAll(" +", " "))
          .append('\n');
    }
    canonical.append('\n').append(String.join(";", signedHeaders)).append('\n');
    canonical.append(request.bodyHash());
    return String.join(
        "\n",
        "AWS4-HMAC-SHA256",
        String.valueOf(request.headers().apply("x-amz-date")),
        String.join("/", scope),
        sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String canonicalQuery(String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    var parts = new ArrayList<String>();
    for (var part : Arrays.asList(query.split("&", -1))) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      var value = equals < 0 ? "" : part.substring(equals + 1);
      parts.add(encoded(name) + "=" + encoded(value));
    }
    return String.join("&", parts.stream().sorted().toList());
  }

  private static String encoded(String raw) {
    var text = new StringBuilder();
    var bytes = URLDecoder.decode(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        text.append(c);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  /** SHA-256 in hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
