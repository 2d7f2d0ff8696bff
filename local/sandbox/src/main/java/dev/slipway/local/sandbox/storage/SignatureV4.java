package dev.slipway.local.sandbox.storage;

import dev.slipway.local.sandbox.world.HttpCall;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in the {@code Authorization} header, as S3 checks it: canonical path as
 * sent, body hash by {@code x-amz-content-sha256} (or {@code UNSIGNED-PAYLOAD}), a clock that may
 * be off by 15 minutes. Presigned URLs and chunked uploads are not supported.
 *
 * @param accessKey whose key was used
 * @param date the scope's date
 * @param region the scope's region
 * @param service the scope's service
 * @param signedHeaders the headers that were signed, in order
 * @param signature the signature, hexadecimal
 */
record SignatureV4(
    String accessKey,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, *"
              + "SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private static final Duration SKEW = Duration.ofMinutes(15);

  /** The signature of a call; empty when there is none or it is malformed. */
  static Optional<SignatureV4> of(HttpCall call) {
    Matcher parts = AUTHORIZATION.matcher(call.header("authorization").orElse(""));
    return parts.matches()
        ? Optional.of(
            new SignatureV4(
                parts.group(1),
                parts.group(2),
                parts.group(3),
                parts.group(4),
                Arrays.asList(parts.group(5).split(";", -1)),
                parts.group(6)))
        : Optional.empty();
  }

  /** Whether the call's time is near enough to ours. */
  boolean isTimely(HttpCall call, Instant now) {
    try {
      Instant stamped =
          LocalDateTime.parse(call.header("x-amz-date").orElse(""), STAMP)
              .toInstant(ZoneOffset.UTC);
      return Duration.between(stamped, now).abs().compareTo(SKEW) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Whether the body is the one that was signed. */
  boolean coversBody(HttpCall call) {
    String declared = call.header("x-amz-content-sha256").orElse("");
    return declared.equals("UNSIGNED-PAYLOAD") || declared.equals(sha256(call.body()));
  }

  /** Whether the secret key made this signature for this call. */
  boolean isMadeWith(String secretKey, HttpCall call) {
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + call.header("x-amz-date").orElse("")
            + "\n"
            + scope
            + "\n"
            + sha256(canonical(call).getBytes(StandardCharsets.UTF_8));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(date, region, service, "aws4_request", toSign)) {
      key = hmac(key, step);
    }
    return MessageDigest.isEqual(
        HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  private String canonical(HttpCall call) {
    String query =
        Arrays.stream(call.query().split("&", -1))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> pair.contains("=") ? pair : pair + "=")
            .sorted()
            .collect(Collectors.joining("&"));
    String headers =
        signedHeaders.stream()
            .map(name -> name + ":" + call.header(name).orElse("").strip().replaceAll(" +", " "))
            .collect(Collectors.joining("\n"));
    return String.join(
        "\n",
        call.method().toUpperCase(Locale.ROOT),
        call.path(),
        query,
        headers,
        "",
        String.join(";", signedHeaders),
        call.header("x-amz-content-sha256").orElse(""));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HmacSHA256", e);
    }
  }
}
