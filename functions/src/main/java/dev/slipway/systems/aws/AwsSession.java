package dev.slipway.systems.aws;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.Sleeper;
import dev.slipway.systems.net.SystemTrouble;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * A session in one AWS account, which signs what its clients ask. Every error of AWS, whichever
 * client meets it, is a {@link SystemTrouble} of a kind ({@link AwsError}); throttled calls are
 * repeated twice, since AWS did nothing of them.
 *
 * <pre>{@code
 * Route53Client route53 = session.client(Route53Client.builder(), "us-east-1");
 * AwsJson acm = session.json(AwsJson.Service.ACM, "eu-central-1");
 * }</pre>
 */
public final class AwsSession {

  static final String SYSTEM = "aws";

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{1,20}){1,3}-\\d{1,2}");
  private static final int REPEATS = 2;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The shortest that STS gives: a session has to last for one attempt only. */
  private static final Duration LASTS = Duration.ofMinutes(15);

  private final HttpPort http;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final AwsCredentials keys;
  private final String home;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  AwsSession(
      HttpPort http, InstantSource clock, Sleeper sleeper, AwsCredentials keys, String home) {
    this.http = http;
    this.clock = clock;
    this.sleeper = sleeper;
    this.keys = keys;
    this.home = home;
  }

  /** Who this session is. The call needs no permission. */
  public AwsIdentity identity() {
    return identity(home);
  }

  /** The same, asked in a region: one that the account has not enabled takes none of its keys. */
  AwsIdentity identity(String region) {
    AwsXml answer = sts(region).ask("GetCallerIdentity", Map.of());
    return new AwsIdentity(answer.text("Account"), answer.text("Arn"));
  }

  /** The session of a role that trusts this one, without an external id. */
  public AwsSession assume(String roleArn, String name) {
    return assumed(Map.of("RoleArn", roleArn, "RoleSessionName", name));
  }

  /** The session of a role that trusts this one with an external id. */
  AwsSession assume(String roleArn, String externalId, String name) {
    return assumed(Map.of("RoleArn", roleArn, "RoleSessionName", name, "ExternalId", externalId));
  }

  private AwsSession assumed(Map<String, String> how) {
    Map<String, String> fields = new TreeMap<>(how);
    fields.put("DurationSeconds", Long.toString(LASTS.toSeconds()));
    AwsXml answer = sts(home).ask("AssumeRole", fields);
    return new AwsSession(
        http,
        clock,
        sleeper,
        AwsSessionCredentials.create(
            answer.text("AccessKeyId"),
            answer.text("SecretAccessKey"),
            answer.text("SessionToken")),
        home);
  }

  /** A client of a service that speaks JSON. */
  public AwsJson json(AwsJson.Service service, String region) {
    return new AwsJson(this, service, region);
  }

  /** A client of the SDK, whose calls go out as all others do. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region) {
    return builder
        .httpClient(new AwsSdkHttp(this))
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .region(Region.of(checked(region)))
        .build();
  }

  /** A client of EC2, of which one question is asked. */
  AwsQuery ec2(String region) {
    return new AwsQuery(this, "ec2", "2016-11-15", region);
  }

  private AwsQuery sts(String region) {
    return new AwsQuery(this, "sts", "2011-06-15", region);
  }

  /**
   * A POST to a service's host, not signed yet.
   *
   * @param service as the host and the signature name it
   * @param operation such as {@code CreateAccount}
   */
  HttpCall call(String service, String operation, String region) {
    return HttpCall.get(
            SYSTEM,
            service + ":" + operation,
            Destination.VENDOR,
            URI.create("https://" + service + "." + checked(region) + ".amazonaws.com/"),
            Redactor.none())
        .method("POST");
  }

  /** Signs a call and sends it; parameters as in {@link #call}. */
  HttpAnswer send(HttpCall call, String service, String region) {
    HttpCall signed = call;
    for (Map.Entry<String, String> header : signature(call, service, region).entrySet()) {
      signed = signed.header(header.getKey(), header.getValue());
    }
    return send(signed);
  }

  /**
   * Sends a signed call.
   *
   * @throws SystemTrouble for every other answer than a success
   */
  HttpAnswer send(HttpCall signed) {
    HttpCall call =
        signed.redacting(
            keys.secretAccessKey(),
            keys instanceof AwsSessionCredentials session ? session.sessionToken() : "");
    for (int attempt = 0; ; attempt++) {
      HttpAnswer answer = http.send(call);
      if (answer.isSuccess()) {
        return answer;
      }
      AwsError error = AwsError.of(answer);
      if (attempt == REPEATS || !error.isThrottling() || !pause(attempt)) {
        throw error.trouble(answer);
      }
    }
  }

  private boolean pause(int attempt) {
    try {
      sleeper.sleep(PAUSE.multipliedBy(1L << attempt));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, String> signature(HttpCall call, String service, String region) {
    SdkHttpFullRequest.Builder plain =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(call.method())).uri(call.uri());
    call.headers().forEach(plain::putHeader);
    Bytes body = call.body();
    SignedRequest signed =
        signer.sign(
            request ->
                request
                    .identity(keys)
                    .request(plain.build())
                    .payload(() -> new ByteArrayInputStream(body.toArray()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)));
    Map<String, String> headers = new LinkedHashMap<>();
    signed.request().headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  /** A region becomes part of a host's name, so it must be one. */
  private static String checked(String region) {
    if (!REGION.matcher(region).matches()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.INPUT,
          "A region has a name such as eu-central-1, and not \"" + region + "\".",
          "the region",
          SYSTEM,
          "");
    }
    return region;
  }
}
