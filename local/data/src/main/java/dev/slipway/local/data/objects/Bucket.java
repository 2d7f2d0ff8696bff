package dev.slipway.local.data.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.data.dump.DataTrouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A bucket of S3, or of a storage that speaks as S3 does, addressed by path (Amazon S3 API
 * Reference). Requests are signed by the AWS SDK's signer, which is there already.
 *
 * <p>Troubles name the bucket, the request and the storage's code. An object's key may hold a
 * person's name: it is shown at the runner only.
 */
final class Bucket {
  /** What one request copies or writes at most (CopyObject, PutObject): 5 GiB. */
  static final long LARGEST = 5L << 30;

  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration SHORT = Duration.ofMinutes(1);

  /** For a request that carries 5 GiB, or has them copied. */
  private static final Duration LONG = Duration.ofHours(2);

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>");
  private static final Set<String> LOGIN =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");

  /** What of an object goes with it. */
  private static final List<String> CARRIED =
      List.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language");

  private static final String META = "x-amz-meta-";

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final HttpClient http;
  private final InstantSource clock;
  private final String name;
  private final BucketAddress address;
  private final JsonNode login;

  /**
   * @param name in troubles, such as {@code assets-source}
   * @param login with {@code accessKey}, {@code secretKey} and, if there is one, {@code
   *     sessionToken}
   */
  Bucket(HttpClient http, InstantSource clock, String name, BucketAddress address, JsonNode login) {
    this.http = http;
    this.clock = clock;
    this.name = name;
    this.address = address;
    this.login = login;
  }

  BucketAddress address() {
    return address;
  }

  /**
   * Looks whether there is such a bucket that the login may list: whoever may not is not told
   * whether an object is missing.
   */
  void require() throws IOException {
    String asked = "ListObjectsV2";
    HttpResponse<String> answer = text(request("GET", "?list-type=2&max-keys=1"));
    if (answer.statusCode() != 200 || !answer.body().contains("<ListBucketResult")) {
      throw trouble(asked, answer, "");
    }
  }

  /** An object's size and tag; empty if there is none. */
  Optional<StoredObject> find(String key) throws IOException {
    HttpResponse<String> answer = text(request("HEAD", path(key)));
    return switch (answer.statusCode()) {
      case 200 ->
          Optional.of(
              new StoredObject(
                  answer.headers().firstValueAsLong("content-length").orElse(0),
                  answer.headers().firstValue("etag").orElse("").replace("\"", "")));
      case 404 -> Optional.empty();
      default -> throw trouble("HeadObject", answer, key);
    };
  }

  /**
   * Writes an object's content into a file.
   *
   * @param listed which content: another one is not taken
   * @return what of it goes with it, such as its type
   */
  Map<String, String> download(String key, StoredObject listed, Path file) throws IOException {
    HttpRequest request = request("GET", path(key), Map.of("if-match", quoted(listed)), null);
    HttpResponse<String> answer =
        send(
            request,
            info ->
                info.statusCode() == 200
                    ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING),
                        written -> "")
                    : BodySubscribers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() == 412 || answer.statusCode() == 404) {
      throw changed(key);
    }
    if (answer.statusCode() != 200) {
      throw trouble("GetObject", answer, key);
    }
    if (Files.size(file) != listed.size()) {
      throw changed(key);
    }
    return carried(answer.headers());
  }

  private static Map<String, String> carried(HttpHeaders headers) {
    Map<String, String> carried = new LinkedHashMap<>();
    headers
        .map()
        .forEach(
            (header, values) -> {
              String lower = header.toLowerCase(Locale.ROOT);
              if (CARRIED.contains(lower) || lower.startsWith(META)) {
                carried.put(lower, values.getFirst());
              }
            });
    return carried;
  }

  /**
   * Writes a file as an object that must not be there yet.
   *
   * @param carried what goes with it
   * @return whether it was written; not, if one is there already
   */
  boolean upload(String key, Path file, Map<String, String> carried) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(carried);
    headers.put("content-md5", md5(file));
    headers.put("if-none-match", "*");
    HttpResponse<String> answer = text(request("PUT", path(key), headers, file));
    if (answer.statusCode() == 412) {
      return false;
    }
    if (answer.statusCode() != 200) {
      throw trouble("PutObject", answer, key);
    }
    return true;
  }

  /**
   * Has the storage copy another bucket's object into this one, with all that goes with it.
   *
   * @param listed which content: another one is not taken
   * @return whether it did; not, if this bucket's login may not do that
   */
  boolean copy(Bucket source, String from, StoredObject listed, String to) throws IOException {
    Map<String, String> headers =
        Map.of(
            "x-amz-copy-source",
            "/" + source.address.bucket() + path(from),
            "x-amz-copy-source-if-match",
            quoted(listed));
    HttpResponse<String> answer = text(request("PUT", path(to), headers, null));
    return switch (answer.statusCode()) {
      case 200 -> {
        // S3 may begin to answer before it has copied, and say only then that it could not.
        if (!answer.body().contains("<CopyObjectResult")) {
          throw trouble("CopyObject", answer, to);
        }
        yield true;
      }
      case 412 -> throw source.changed(from);
      case 400, 403, 404, 501 -> false;
      default -> throw trouble("CopyObject", answer, to);
    };
  }

  /** Deletes an object, if it is there. */
  void delete(String key) throws IOException {
    HttpResponse<String> answer = text(request("DELETE", path(key)));
    if (answer.statusCode() != 204 && answer.statusCode() != 200 && answer.statusCode() != 404) {
      throw trouble("DeleteObject", answer, key);
    }
  }

  /** The bucket has no longer what the dump lists. */
  DataTrouble changed(String key) {
    return new DataTrouble(
        "object-changed",
        "An object of " + name + " is not the one any more that the dump lists.",
        key);
  }

  private DataTrouble trouble(String asked, HttpResponse<String> answer, String key) {
    Matcher found = CODE.matcher(answer.body() == null ? "" : answer.body());
    String code = found.find() ? found.group(1) : "";
    Optional<String> region = answer.headers().firstValue("x-amz-bucket-region");
    boolean isElsewhere = region.isPresent() && !region.get().equals(address.region());
    String kind =
        LOGIN.contains(code)
            ? "authentication-failed"
            : isElsewhere
                ? "bucket-elsewhere"
                : answer.statusCode() == 403 ? "not-permitted" : "bucket-trouble";
    return new DataTrouble(
        kind,
        "%s answered %s with %d%s%s."
            .formatted(
                name,
                asked,
                answer.statusCode(),
                code.isEmpty() ? "" : " (" + code + ")",
                isElsewhere && region.get().matches("[a-z0-9-]{1,40}")
                    ? ": it is in the region " + region.get()
                    : ""),
        key);
  }

  // --- requests

  private static String quoted(StoredObject listed) {
    return "\"" + listed.tag() + "\"";
  }

  /** As S3 encodes it for the signature: all but unreserved characters, byte by byte. */
  private static String path(String key) {
    StringBuilder path = new StringBuilder("/");
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || "-._~/".indexOf(letter) >= 0;
      path.append(plain ? String.valueOf(letter) : String.format("%%%02X", each & 0xff));
    }
    return path.toString();
  }

  private HttpRequest request(String method, String rest) {
    return request(method, rest, Map.of(), null);
  }

  private HttpRequest request(String method, String rest, Map<String, String> headers, Path body) {
    URI uri = URI.create(address.endpoint() + "/" + address.bucket() + rest);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(method.equals("PUT") ? LONG : SHORT);
    signed(method, uri, headers, body)
        .forEach(
            (header, value) -> {
              // The client writes these itself.
              if (!header.equalsIgnoreCase("host") && !header.equalsIgnoreCase("content-length")) {
                request.header(header, value);
              }
            });
    try {
      return request
          .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofFile(body))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> signed(
      String method, URI uri, Map<String, String> headers, Path body) {
    SdkHttpFullRequest.Builder plain =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    headers.forEach(plain::putHeader);
    SignedRequest signed =
        signer.sign(
            request ->
                request
                    .identity(identity())
                    .request(plain.build())
                    .payload(content(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, address.region())
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)));
    Map<String, String> all = new LinkedHashMap<>();
    signed.request().headers().forEach((header, values) -> all.put(header, values.getFirst()));
    return all;
  }

  private AwsCredentialsIdentity identity() {
    String accessKey = login.path("accessKey").asText();
    String secretKey = login.path("secretKey").asText();
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new DataTrouble(
          "login-missing", "The login of " + name + " needs accessKey and secretKey (--logins).");
    }
    String token = login.path("sessionToken").asText();
    return token.isEmpty()
        ? AwsCredentialsIdentity.create(accessKey, secretKey)
        : AwsSessionCredentialsIdentity.create(accessKey, secretKey, token);
  }

  private static ContentStreamProvider content(Path body) {
    return () -> {
      try {
        return body == null ? new ByteArrayInputStream(new byte[0]) : Files.newInputStream(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** A bucket with Object Lock takes nothing without; the storage holds what came against it. */
  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      try (var in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> text(HttpRequest request) throws IOException {
    return send(request, info -> BodySubscribers.ofString(StandardCharsets.UTF_8));
  }

  /** A storage that is busy, or a connection that breaks, is asked again. */
  private HttpResponse<String> send(HttpRequest request, HttpResponse.BodyHandler<String> handler)
      throws IOException {
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          HttpResponse<String> answer = http.send(request, handler);
          if (attempt == TRIES || !isBusy(answer)) {
            return answer;
          }
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          if (attempt == TRIES) {
            throw new DataTrouble(
                "not-connected",
                "The exchange with " + name + " broke off each time; the runner shows why.",
                e.toString());
          }
        }
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  private static boolean isBusy(HttpResponse<String> answer) {
    int status = answer.statusCode();
    return status == 429 || (status >= 500 && status != 501) || isLateError(answer);
  }

  private static boolean isLateError(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        && answer.request().method().equals("PUT")
        && answer.body().contains("<Error>");
  }
}
