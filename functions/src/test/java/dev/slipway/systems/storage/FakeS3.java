package dev.slipway.systems.storage;

import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One bucket that checks the signature of every request by computing it anew. */
final class FakeS3 implements AutoCloseable {

  static final String ACCESS_KEY = "AKIATESTTESTTEST";
  static final String SECRET_KEY = "MARKER-s3-secret-key";
  static final String REGION = "eu-central-1";

  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private final FakeHttp server = new FakeHttp(this::answer);
  private String refusal = "";
  private boolean corrupting;

  URI endpoint() {
    return server.uri("");
  }

  Map<String, String> objects() {
    return objects;
  }

  List<Request> requests() {
    return server.requests();
  }

  /** Answers every request with this error. */
  FakeS3 refusing(String code) {
    refusal = code;
    return this;
  }

  /** Gives back something other than what was written. */
  FakeS3 corrupting() {
    corrupting = true;
    return this;
  }

  private Response answer(Request request) {
    if (!refusal.isEmpty()) {
      return error(refusal);
    }
    String authorization = request.header("Authorization");
    if (!authorization.contains("Credential=" + ACCESS_KEY + "/")) {
      return error("InvalidAccessKeyId");
    }
    if (!authorization.contains("/" + REGION + "/s3/aws4_request")) {
      return error("AuthorizationHeaderMalformed");
    }
    if (request.method().equals("PUT") && request.header("Content-MD5").isEmpty()) {
      // As a bucket with Object Lock says it.
      return error("InvalidRequest");
    }
    if (!authorization.endsWith("Signature=" + signature(request))) {
      return error("SignatureDoesNotMatch");
    }
    if (!request.uri().getPath().startsWith("/paas-backups")) {
      return error("NoSuchBucket");
    }
    String key = request.uri().getPath();
    return switch (request.method()) {
      case "PUT" -> {
        objects.put(key, request.body());
        yield Response.status(200);
      }
      case "GET" ->
          objects.containsKey(key)
              ? new Response(200, Map.of(), corrupting ? "other" : objects.get(key))
              : request.uri().getQuery() != null
                  ? new Response(200, Map.of(), "<ListBucketResult/>")
                  : error("NoSuchKey");
      case "DELETE" -> {
        objects.remove(key);
        yield Response.status(204);
      }
      default -> Response.status(200);
    };
  }

  private static Response error(String code) {
    int status =
        switch (code) {
          case "NoSuchBucket", "NoSuchKey" -> 404;
          case "AuthorizationHeaderMalformed", "InvalidRequest" -> 400;
          case "PermanentRedirect" -> 301;
          case "SlowDown", "InternalError" -> 503;
          default -> 403;
        };
    return new Response(
        status,
        code.equals("PermanentRedirect") ? Map.of("x-amz-bucket-region", "eu-west-3") : Map.of(),
        "<Error><Code>" + code + "</Code><Region>eu-central-1</Region></Error>");
  }

  /** Signature version 4, written from its description. */
  private static String signature(Request request) {
    String authorization = request.header("Authorization");
    String signed = between(authorization, "SignedHeaders=", ",");
    String headers =
        Arrays.stream(signed.split(";", -1))
            .map(name -> name + ":" + request.header(name).strip() + "\n")
            .collect(Collectors.joining());
    String query =
        request.uri().getRawQuery() == null
            ? ""
            : Arrays.stream(request.uri().getRawQuery().split("&", -1))
                .sorted()
                .collect(Collectors.joining("&"));
    String canonical =
        String.join(
            "\n",
            request.method(),
            request.uri().getRawPath(),
            query,
            headers,
            signed,
            hex(sha256(request.body())));
    String date = request.header("x-amz-date");
    String scope = date.substring(0, 8) + "/" + REGION + "/s3/aws4_request";
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", date, scope, hex(sha256(canonical)));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return hex(hmac(key, toSign));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    server.close();
  }
}
