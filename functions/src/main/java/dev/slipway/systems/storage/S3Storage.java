package dev.slipway.systems.storage;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * S3 and compatible storages. Requests are signed by the AWS SDK's signer and sent like all others,
 * so that guards and limits hold for them as well. Only an answer in S3's own form counts, good or
 * bad: a list of objects, or an error document with a code (Amazon S3 API Reference, "Error
 * responses"). A page of a portal or a proxy proves nothing about a key.
 *
 * <p>A bucket is addressed by path first, and by host name where the storage says that it takes
 * that only (Alibaba Cloud OSS, Tencent COS).
 *
 * <pre>{@code
 * StorageReport report = new S3Storage(http, clock, bucket, login).probe("connect-backup-storage");
 * }</pre>
 */
public final class S3Storage implements BackupStorage {

  static final String SYSTEM = "backup";

  private static final Pattern CODE = element("Code", "[A-Za-z0-9.]{1,80}");
  private static final Pattern REGION = element("Region", "[A-Za-z0-9-]{1,40}");
  private static final Pattern ENDPOINT = element("Endpoint", "[A-Za-z0-9.:-]{1,200}");

  private static final Pattern ERROR = document("Error");
  private static final Pattern LIST = document("ListBucketResult");

  /** How storages say that they do not take a bucket in the path. */
  private static final Set<String> BY_HOST_ONLY =
      Set.of(
          "SecondLevelDomainForbidden", // Alibaba Cloud OSS
          "PathStyleDomainForbidden", // Tencent COS
          "InvalidPathAccess", // Volcengine TOS
          "VirtualHostDomainRequired"); // Huawei OBS

  private final HttpPort http;
  private final InstantSource clock;
  private final String system;
  private final Destination destination;
  private final S3Bucket bucket;
  private final S3Login login;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** A client of a customer's bucket for backups. */
  public S3Storage(HttpPort http, InstantSource clock, S3Bucket bucket, S3Login login) {
    this(http, clock, SYSTEM, Destination.CUSTOMER, bucket, login);
  }

  /**
   * A client of one bucket.
   *
   * @param system its name in troubles
   * @param destination who named the endpoint
   */
  S3Storage(
      HttpPort http,
      InstantSource clock,
      String system,
      Destination destination,
      S3Bucket bucket,
      S3Login login) {
    this.http = http;
    this.clock = clock;
    this.system = system;
    this.destination = destination;
    this.bucket = bucket;
    this.login = login;
  }

  @Override
  public String against() {
    return bucket.endpoint().getScheme() + "://" + bucket.endpoint().getAuthority();
  }

  @Override
  public String look() {
    HttpAnswer list =
        succeeded(send("ListObjectsV2", "GET", "?list-type=2&max-keys=1", Bytes.NONE));
    if (!LIST.matcher(list.text()).lookingAt()) {
      throw notS3(list);
    }
    return "ListObjectsV2 " + list.status();
  }

  @Override
  public StorageReport probe(String asker) {
    String key = "_probe/" + asker;
    return new ObjectRoundTrip(
            (method, content) ->
                succeeded(send(method + " of a probe object", method, "/" + key, content)))
        .run(key, ObjectRoundTrip.content(), OptionalLong.empty());
  }

  /**
   * The region of the bucket, which AWS tells whoever asks for the bucket, in whichever region
   * (Amazon S3 API Reference, HeadBucket); empty where nothing tells it.
   */
  Optional<String> region() {
    return Optional.of(region(send("HeadBucket", "HEAD", "", Bytes.NONE)))
        .filter(found -> !found.isEmpty());
  }

  /**
   * An object's size and tag by HeadObject; empty if the bucket does not have it. A refusal of a
   * HEAD has no body, so the first byte is asked for then: that refusal says why.
   */
  Optional<StoredObject> object(String key) {
    String rest = "/" + encoded(key);
    HttpAnswer head = send("HeadObject", "HEAD", rest, Bytes.NONE);
    if (head.isSuccess()) {
      if (head.header("x-amz-request-id").isEmpty()) {
        throw notS3(head);
      }
      return Optional.of(
          new StoredObject(
              head.header("content-length").map(Long::parseLong).orElse(0L),
              head.header("etag").orElse("").replace("\"", "")));
    }
    HttpAnswer get =
        http.send(
            call("GetObject", "GET", bucket.byPath(rest), Bytes.NONE).header("Range", "bytes=0-0"));
    if (code(get).equals("NoSuchKey")) {
      return Optional.empty();
    }
    throw notS3(succeeded(get));
  }

  /** As AWS encodes it to check the signature (RFC 3986): Java's forms differ in three signs. */
  private static String encoded(String key) {
    return Arrays.stream(key.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
        .map(part -> part.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"))
        .collect(Collectors.joining("/"));
  }

  private HttpAnswer send(String asked, String method, String rest, Bytes content) {
    HttpAnswer byPath = send(asked, method, bucket.byPath(rest), content);
    Optional<URI> byHost = bucket.byHost(rest).filter(address -> isForHost(byPath));
    return byHost.isPresent() ? send(asked, method, byHost.get(), content) : byPath;
  }

  /**
   * Whether the bucket was looked for in the wrong place of the address. An endpoint that is the
   * bucket's own takes the path for the key of an object, which it does not have.
   */
  private boolean isForHost(HttpAnswer byPath) {
    String code = code(byPath);
    return BY_HOST_ONLY.contains(code)
        || (bucket.isNamedByHost() && (code.equals("NoSuchKey") || code.equals("NoSuchBucket")));
  }

  private HttpAnswer send(String asked, String method, URI uri, Bytes content) {
    return http.send(call(asked, method, uri, content));
  }

  private HttpCall call(String asked, String method, URI uri, Bytes content) {
    return new HttpCall(
        system,
        asked,
        destination,
        method,
        uri,
        signed(method, uri, content),
        content,
        !method.equals("PUT"),
        Redactor.of(login.accessKey(), login.secretKey()));
  }

  private Map<String, String> signed(String method, URI uri, Bytes content) {
    SdkHttpFullRequest.Builder plain =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    if (method.equals("PUT")) {
      plain.putHeader("Content-MD5", md5(content));
    }
    SignedRequest signed =
        signer.sign(
            request ->
                request
                    .identity(AwsCredentialsIdentity.create(login.accessKey(), login.secretKey()))
                    .request(plain.build())
                    .payload(() -> new ByteArrayInputStream(content.toArray()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, bucket.region())
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)));
    Map<String, String> headers = new LinkedHashMap<>();
    signed.request().headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  /**
   * A bucket with Object Lock takes nothing without a checksum (Amazon S3 API Reference,
   * PutObject). This one is the oldest, and the only one that every storage knows.
   */
  private static String md5(Bytes content) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("MD5").digest(content.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpAnswer succeeded(HttpAnswer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    String code = code(answer);
    String said = " (" + (code.isEmpty() ? "HTTP " + answer.status() : code) + ").";
    String host = answer.call().against();
    throw switch (code) {
      case "" -> withoutCode(answer);
      case "InvalidAccessKeyId", "InvalidAccessKey" ->
          answer.trouble(
              Kind.AUTHENTICATION_FAILED, host + " does not know this access key" + said);
      case "SignatureDoesNotMatch" ->
          answer.trouble(
              Kind.AUTHENTICATION_FAILED,
              "The secret key does not belong to the access key" + said);
      case "InvalidToken", "ExpiredToken", "Unauthorized" ->
          answer.trouble(
              Kind.AUTHENTICATION_FAILED, host + " does not accept this access key" + said);
      case "AccessDenied", "AccessForbidden" ->
          answer.trouble(
              Kind.NOT_PERMITTED,
              "The access key may not do this in the bucket "
                  + bucket.bucket()
                  + ": "
                  + answer.call().asked()
                  + said);
      case "AllAccessDisabled", "AccountProblem", "NotSignedUp", "UserDisable", "UserSuspended" ->
          answer.trouble(
              Kind.NOT_PERMITTED,
              "The account or the bucket is switched off at "
                  + host
                  + said
                  + " The keys may be right.");
      case "AuthorizationHeaderMalformed",
          "PermanentRedirect",
          "TemporaryRedirect",
          "Redirect",
          "InvalidRegion",
          "InvalidRegionName",
          "IllegalLocationConstraintException" ->
          elsewhere(answer, said);
      case "SecondLevelDomainForbidden",
          "PathStyleDomainForbidden",
          "InvalidPathAccess",
          "VirtualHostDomainRequired" ->
          answer.trouble(
              Kind.WRONG_PLACE,
              host
                  + " takes a bucket as part of the host name only, and not behind an IP address"
                  + said
                  + " Give an endpoint with a name, such as https://"
                  + bucket.bucket()
                  + ".HOST.");
      case "NoSuchBucket" ->
          answer.trouble(Kind.NOT_FOUND, host + " has no bucket " + bucket.bucket() + said);
      case "NoSuchKey" ->
          answer.trouble(
              Kind.NOT_FOUND,
              "The bucket "
                  + bucket.bucket()
                  + " does not have the object asked for by "
                  + answer.call().asked()
                  + said);
      case "RequestTimeTooSkewed" ->
          answer.trouble(
              Kind.OUT_OF_ORDER,
              "The clocks of " + host + " and of Slipway differ too much" + said);
      case "SlowDown", "TooManyRequests", "RequestLimitExceeded" ->
          answer.trouble(Kind.RATE_LIMITED, host + " asks to be asked less often" + said);
      case "QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "XMinioStorageFull" ->
          answer.trouble(Kind.REJECTED, "The storage has no room left" + said);
      default ->
          answer.status() >= 500 && answer.status() != 501
              ? answer.trouble(Kind.OUT_OF_ORDER, host + " reports trouble of its own" + said)
              : answer.trouble(
                  answer.status() == 403 ? Kind.NOT_PERMITTED : Kind.REJECTED,
                  host + " did not accept " + answer.call().asked() + said);
    };
  }

  /** An answer without S3's error document: of what stands before the storage, or is none. */
  private SystemTrouble withoutCode(HttpAnswer answer) {
    boolean redirect = answer.status() / 100 == 3;
    if (redirect && !region(answer).isEmpty()) {
      return elsewhere(answer, " (HTTP " + answer.status() + ").");
    }
    return redirect || answer.status() == 429 || answer.status() >= 500
        ? answer.statusTrouble()
        : notS3(answer);
  }

  private static SystemTrouble notS3(HttpAnswer answer) {
    return answer.trouble(
        Kind.NOT_UNDERSTOOD,
        answer.call().against()
            + " answered "
            + answer.call().asked()
            + " with HTTP "
            + answer.status()
            + ", and not as S3 does: this says nothing about the keys.");
  }

  private SystemTrouble elsewhere(HttpAnswer answer, String said) {
    String region = region(answer);
    String endpoint = isError(answer) ? first(ENDPOINT, answer.text()) : "";
    boolean sameRegion = region.isEmpty() || region.equals(bucket.region());
    return answer.trouble(
        Kind.WRONG_PLACE,
        "The bucket "
            + bucket.bucket()
            + (sameRegion && !endpoint.isEmpty()
                ? " is not reached by " + answer.call().against()
                : " is not in the region " + bucket.region())
            + (sameRegion ? "" : " but in " + region)
            + (endpoint.isEmpty() ? "" : "; the storage names the address " + endpoint)
            + said);
  }

  private static String region(HttpAnswer answer) {
    return answer
        .header("x-amz-bucket-region")
        .filter(text -> text.matches("[A-Za-z0-9-]{1,40}"))
        .orElseGet(() -> isError(answer) ? first(REGION, answer.text()) : "");
  }

  private static String code(HttpAnswer answer) {
    return !answer.isSuccess() && isError(answer) ? first(CODE, answer.text()) : "";
  }

  private static boolean isError(HttpAnswer answer) {
    return ERROR.matcher(answer.text()).lookingAt();
  }

  /** Read by pattern: a document from outside is not given to an XML parser for three words. */
  private static Pattern element(String name, String content) {
    return Pattern.compile("<" + name + ">(" + content + ")</" + name + ">");
  }

  private static Pattern document(String root) {
    return Pattern.compile("\\s*+(?:<\\?[^>]{0,200}+>\\s*+)*+<" + root + "[\\s>/]");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
