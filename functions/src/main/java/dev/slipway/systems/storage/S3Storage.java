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
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * S3 and what is compatible with it. Requests are signed by the AWS SDK's signer and sent like all
 * others, so that guards and limits hold for them as well.
 */
public final class S3Storage implements BackupStorage {

  static final String SYSTEM = "backup";

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>");
  private static final Pattern REGION = Pattern.compile("<Region>([A-Za-z0-9-]{1,40})</Region>");

  private final HttpPort http;
  private final InstantSource clock;
  private final S3Bucket bucket;
  private final S3Login login;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** A client of one bucket. */
  public S3Storage(HttpPort http, InstantSource clock, S3Bucket bucket, S3Login login) {
    this.http = http;
    this.clock = clock;
    this.bucket = bucket;
    this.login = login;
  }

  @Override
  public String against() {
    return bucket.endpoint().getScheme() + "://" + bucket.endpoint().getAuthority();
  }

  @Override
  public String look() {
    HttpAnswer head = send("HeadBucket", "HEAD", "", Bytes.NONE);
    if (head.status() == 403 || head.status() == 400) {
      // An answer to HEAD has no body that says why; a list of no objects has.
      HttpAnswer list = send("ListObjects", "GET", "?list-type=2&max-keys=0", Bytes.NONE);
      if (list.status() >= 200 && list.status() < 300) {
        return "ListObjects " + list.status();
      }
      succeeded(list);
    }
    return "HeadBucket " + succeeded(head).status();
  }

  @Override
  public StorageReport probe(String asker) {
    String key = "_probe/" + asker;
    return new ObjectRoundTrip(
            (method, content) ->
                succeeded(send(method + " of a probe object", method, "/" + key, content)))
        .run(key, ObjectRoundTrip.content(), OptionalLong.empty());
  }

  private HttpAnswer send(String asked, String method, String path, Bytes content) {
    String endpoint = bucket.endpoint().toString().replaceFirst("(?<!/)/+$", "");
    URI uri = URI.create(endpoint + "/" + bucket.bucket() + path);
    HttpCall call =
        new HttpCall(
            SYSTEM,
            asked,
            Destination.CUSTOMER,
            method,
            uri,
            signed(method, uri, content),
            content,
            !method.equals("PUT"),
            Redactor.of(login.accessKey(), login.secretKey()));
    return http.send(call);
  }

  private Map<String, String> signed(String method, URI uri, Bytes content) {
    SdkHttpRequest plain =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri).build();
    SignedRequest signed =
        signer.sign(
            request ->
                request
                    .identity(AwsCredentialsIdentity.create(login.accessKey(), login.secretKey()))
                    .request(plain)
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

  private HttpAnswer succeeded(HttpAnswer answer) {
    if (answer.status() >= 200 && answer.status() < 300) {
      return answer;
    }
    String code = first(CODE, answer.text());
    String region =
        answer.header("x-amz-bucket-region").orElseGet(() -> first(REGION, answer.text()));
    String said = " (" + (code.isEmpty() ? "HTTP " + answer.status() : code) + ").";
    String host = answer.call().against();
    throw switch (code) {
      case "InvalidAccessKeyId" ->
          answer.trouble(
              Kind.AUTHENTICATION_FAILED, host + " does not know this access key" + said);
      case "SignatureDoesNotMatch" ->
          answer.trouble(
              Kind.AUTHENTICATION_FAILED,
              "The secret key does not belong to the access key" + said);
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
          answer.trouble(
              Kind.NOT_PERMITTED,
              "The access key may not do this in the bucket "
                  + bucket.bucket()
                  + ": "
                  + answer.call().asked()
                  + said);
      case "AuthorizationHeaderMalformed",
          "PermanentRedirect",
          "TemporaryRedirect",
          "IllegalLocationConstraintException" ->
          wrongRegion(answer, region, said);
      case "RequestTimeTooSkewed" ->
          answer.trouble(
              Kind.OUT_OF_ORDER,
              "The clocks of " + host + " and of Slipway differ too much" + said);
      case "SlowDown", "TooManyRequests", "RequestLimitExceeded" ->
          answer.trouble(Kind.RATE_LIMITED, host + " asks to be asked less often" + said);
      case "QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "XMinioStorageFull" ->
          answer.trouble(Kind.REJECTED, "The storage has no room left" + said);
      default -> {
        if (answer.status() == 301 || answer.status() == 307) {
          yield wrongRegion(answer, region, said);
        }
        if (answer.status() == 404) {
          yield answer.trouble(Kind.NOT_FOUND, host + " has no bucket " + bucket.bucket() + said);
        }
        yield answer.statusTrouble();
      }
    };
  }

  private SystemTrouble wrongRegion(HttpAnswer answer, String region, String said) {
    return answer.trouble(
        Kind.WRONG_PLACE,
        "The bucket "
            + bucket.bucket()
            + " is not in the region "
            + bucket.region()
            + (region.isEmpty() ? "" : " but in " + region)
            + said);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
