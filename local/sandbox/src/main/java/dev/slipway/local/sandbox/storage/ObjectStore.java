package dev.slipway.local.sandbox.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import dev.slipway.local.signature.SignatureV4;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An S3-compatible object store, path style ({@code https://s3.backup.example/<bucket>/<key>}):
 * HeadBucket, ListObjectsV2, Put-, Get-, Head- and DeleteObject. Every request's Signature Version
 * 4 is verified with the known secret key.
 *
 * <p>Source: Amazon's S3 API reference for operations, status and error codes (a HEAD has no error
 * body; a signature for another region answers 400 {@code AuthorizationHeaderMalformed} and names
 * the right one in {@code x-amz-bucket-region}). {@code QuotaExceeded} (403) is what stores with
 * quotas answer; its code is unverified.
 *
 * <p>The same store is AWS's own (in two regions), with the vendor's packages.
 *
 * <p>The world's part {@code s3}: {@code region}, {@code keys} (by access key: {@code secret},
 * {@code deny}: operations such as {@code PutObject}), {@code buckets} (by name: {@code
 * quotaBytes}, {@code objects}).
 */
public final class ObjectStore implements HttpStandIn {

  private static final String SYSTEM = "s3";

  private final World world;
  private final InstantSource clock;

  /** A store whose buckets are in the world. */
  public ObjectStore(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  private record Target(String bucket, String key) {

    static Target of(HttpCall call) {
      String path = call.path().startsWith("/") ? call.path().substring(1) : call.path();
      int slash = path.indexOf('/');
      String bucket = slash < 0 ? path : path.substring(0, slash);
      String key = slash < 0 ? "" : path.substring(slash + 1);
      return new Target(bucket, URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        Site.https(SandboxDefaults.S3_HOST, "203.0.113.60"),
        Site.https("s3.us-east-1.amazonaws.com", "203.0.113.60"),
        Site.https("s3.eu-central-1.amazonaws.com", "203.0.113.60"),
        Site.https(SandboxDefaults.INSIDE_S3_HOST, "10.20.0.60"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("region", SandboxDefaults.S3_REGION);
    ObjectNode key = part.putObject("keys").putObject(SandboxDefaults.S3_ACCESS_KEY);
    key.put("secret", SandboxDefaults.S3_SECRET_KEY).putArray("deny");
    ObjectNode reader =
        part.withObjectProperty("keys").putObject(SandboxDefaults.PACKAGES_ACCESS_KEY);
    reader
        .put("secret", SandboxDefaults.PACKAGES_SECRET_KEY)
        .putArray("deny")
        .add("PutObject")
        .add("DeleteObject");
    ObjectNode buckets = part.putObject("buckets");
    buckets.putObject(SandboxDefaults.S3_BUCKET).put("quotaBytes", 10L << 30).putObject("objects");
    ObjectNode packages = buckets.putObject(SandboxDefaults.PACKAGES_BUCKET).putObject("objects");
    for (String component : List.of("mnohub", "connec", "impac", "nex", "express")) {
      packages.put(
          "releases/" + component + "-4.2.1.tgz", component.getBytes(StandardCharsets.UTF_8));
    }
    return part;
  }

  @Override
  public Operation operation(HttpCall call) {
    Target target = Target.of(call);
    return new Operation(name(call, target), target.bucket() + "/" + target.key());
  }

  private static String name(HttpCall call, Target target) {
    String subject = target.key().isEmpty() ? "Bucket" : "Object";
    return switch (call.method()) {
      case "HEAD" -> "Head" + subject;
      case "GET" -> target.key().isEmpty() ? "ListObjectsV2" : "GetObject";
      case "PUT" -> target.key().isEmpty() ? "CreateBucket" : "PutObject";
      case "DELETE" -> "Delete" + subject;
      default -> call.method();
    };
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    Target target = Target.of(call);
    String operation = name(call, target);
    return answer(call, target, operation).with("x-amz-request-id", "SANDBOX00000001");
  }

  private HttpAnswer answer(HttpCall call, Target target, String operation) {
    return world.change(
        SYSTEM,
        part -> {
          Optional<HttpAnswer> refusal = refusal(part, call, operation);
          if (refusal.isPresent()) {
            return refusal.get();
          }
          if (!(part.path("buckets").path(target.bucket()) instanceof ObjectNode bucket)) {
            return error(404, "NoSuchBucket", "The specified bucket does not exist");
          }
          ObjectNode objects = bucket.withObjectProperty("objects");
          return switch (operation) {
            case "HeadBucket" ->
                HttpAnswer.empty(200).with("x-amz-bucket-region", part.path("region").asText());
            case "ListObjectsV2" -> list(target.bucket(), objects, call);
            case "PutObject" -> put(bucket, objects, target.key(), call.body());
            case "GetObject", "HeadObject" ->
                objects.has(target.key()) || mayList(part, call)
                    ? get(objects, target.key())
                    : error(403, "AccessDenied", "Access Denied");
            case "DeleteObject" -> {
              objects.remove(target.key());
              yield HttpAnswer.empty(204);
            }
            default -> error(405, "MethodNotAllowed", "The method is not allowed");
          };
        });
  }

  /** S3 takes the body's hash from a header of its own. */
  private static SignatureV4.Signed signed(HttpCall call) {
    return new SignatureV4.Signed(
        call.method(),
        call.path(),
        call.query(),
        name -> call.header(name).orElse(""),
        call.header("x-amz-content-sha256").orElse(""));
  }

  private static boolean coversBody(HttpCall call) {
    String declared = call.header("x-amz-content-sha256").orElse("");
    return declared.equals("UNSIGNED-PAYLOAD") || declared.equals(SignatureV4.sha256(call.body()));
  }

  private Optional<HttpAnswer> refusal(ObjectNode part, HttpCall call, String operation) {
    Optional<SignatureV4> given =
        call.header("authorization")
            .flatMap(SignatureV4::read)
            .filter(found -> found.scope().size() == 4);
    if (given.isEmpty()) {
      return refuse(403, "AccessDenied", "Access Denied");
    }
    SignatureV4 signature = given.get();
    JsonNode key = part.path("keys").path(signature.accessKeyId());
    if (key.isMissingNode()) {
      return refuse(
          403,
          "InvalidAccessKeyId",
          "The AWS Access Key Id you provided does not exist in our records.");
    }
    if (!SignatureV4.isTimely(call.header("x-amz-date").orElse(""), clock.instant())) {
      return refuse(
          403,
          "RequestTimeTooSkewed",
          "The difference between the request time and the current time is too large.");
    }
    String region = part.path("region").asText();
    if (!signature.region().equals(region)) {
      return refuse(
              400,
              "AuthorizationHeaderMalformed",
              "The authorization header is malformed; the region '"
                  + signature.region()
                  + "' is wrong; expecting '"
                  + region
                  + "'")
          .map(answer -> answer.with("x-amz-bucket-region", region));
    }
    if (!signature.matches(key.path("secret").asText(), signed(call))) {
      return refuse(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided.");
    }
    if (!coversBody(call)) {
      return refuse(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    if (Json.strings(key.path("deny")).contains(operation)) {
      return refuse(403, "AccessDenied", "Access Denied");
    }
    return Optional.empty();
  }

  /** Whoever may not list a bucket is not told that an object is missing. */
  private static boolean mayList(ObjectNode part, HttpCall call) {
    return call.header("authorization")
        .flatMap(SignatureV4::read)
        .map(signature -> part.path("keys").path(signature.accessKeyId()).path("deny"))
        .filter(denied -> Json.strings(denied).contains("ListObjectsV2"))
        .isEmpty();
  }

  private static HttpAnswer put(ObjectNode bucket, ObjectNode objects, String key, byte[] body) {
    long used = 0;
    for (Map.Entry<String, JsonNode> each : objects.properties()) {
      used += each.getKey().equals(key) ? 0 : size(each.getValue());
    }
    if (used + body.length > bucket.path("quotaBytes").asLong(Long.MAX_VALUE)) {
      return error(403, "QuotaExceeded", "The quota of the bucket is exceeded");
    }
    objects.put(key, body);
    return HttpAnswer.empty(200).with("ETag", tag(body));
  }

  private static HttpAnswer get(ObjectNode objects, String key) {
    if (!objects.has(key)) {
      return error(404, "NoSuchKey", "The specified key does not exist.");
    }
    byte[] content = bytes(objects.get(key));
    return new HttpAnswer(
        200,
        Map.of("Content-Type", "application/octet-stream", "ETag", tag(content)),
        content,
        RecordedCall.OK);
  }

  private static HttpAnswer list(String bucket, ObjectNode objects, HttpCall call) {
    String prefix = call.parameters().getOrDefault("prefix", "");
    StringBuilder entries = new StringBuilder();
    int count = 0;
    for (Map.Entry<String, JsonNode> each : objects.properties()) {
      if (each.getKey().startsWith(prefix)) {
        count++;
        entries
            .append("<Contents><Key>")
            .append(escape(each.getKey()))
            .append("</Key><Size>")
            .append(size(each.getValue()))
            .append("</Size></Contents>");
      }
    }
    return HttpAnswer.xml(
        200,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>"
            + escape(bucket)
            + "</Name><Prefix>"
            + escape(prefix)
            + "</Prefix><KeyCount>"
            + count
            + "</KeyCount><IsTruncated>false</IsTruncated>"
            + entries
            + "</ListBucketResult>");
  }

  private static Optional<HttpAnswer> refuse(int status, String code, String message) {
    return Optional.of(error(status, code, message));
  }

  private static HttpAnswer error(int status, String code, String message) {
    return HttpAnswer.xml(
            status,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
                + code
                + "</Code><Message>"
                + escape(message)
                + "</Message><RequestId>sandbox</RequestId></Error>")
        .noted(code);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String tag(byte[] content) {
    return "\"" + SignatureV4.sha256(content).substring(0, 32) + "\"";
  }

  private static int size(JsonNode object) {
    return bytes(object).length;
  }

  private static byte[] bytes(JsonNode object) {
    try {
      return object.binaryValue();
    } catch (IOException e) {
      throw new IllegalStateException("An object in the world is not Base64", e);
    }
  }
}
