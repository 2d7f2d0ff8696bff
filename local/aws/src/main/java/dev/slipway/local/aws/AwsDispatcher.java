package dev.slipway.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.schedule.OngoingWork;
import dev.slipway.local.signature.SignatureV4;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out which action of which service is meant and who calls, and answers. */
final class AwsDispatcher {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The check of callers.
   *
   * @param signatures whether only requests with a known key's right signature are answered
   * @param clock by which a signature has an age
   */
  record Check(boolean signatures, InstantSource clock) {
    /** Everybody is believed. */
    static final Check NONE = new Check(false, InstantSource.system());
  }

  /** DynamoDB's limit, which is the highest. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(AwsDispatcher.class.getName());

  private final AccessKeys keys;
  private final Map<String, AwsService> services;
  private final Map<String, PassThrough> elsewhere;
  private final Authorizer authorizer;
  private final OngoingWork work;
  private final Check check;

  /**
   * @param work counts the requests that are being answered
   */
  AwsDispatcher(AccessKeys keys, AwsEndpoint.Offer offer, OngoingWork work, Check check) {
    this.keys = keys;
    this.services =
        offer.services().stream()
            .collect(Collectors.toMap(AwsService::target, Function.identity()));
    this.elsewhere =
        offer.elsewhere().stream()
            .collect(Collectors.toMap(PassThrough::target, Function.identity()));
    this.authorizer = offer.authorizer();
    this.work = work;
    this.check = check;
  }

  /** Whether a request is only passed on to where it is answered. */
  boolean passesOn(AwsRequest request) {
    return elsewhere.containsKey(request.service());
  }

  /** The service's answer, or the error that AWS would answer. */
  AwsAnswer answer(AwsRequest request) {
    var target = request.target();
    if (QueryProtocol.speaks(target, request.header("Content-Type").orElse(""))) {
      return answerQuery(request);
    }
    var name = request.service();
    var service = services.get(name);
    var other = elsewhere.get(name);
    var version =
        Optional.ofNullable(service)
            .map(AwsService::jsonVersion)
            .or(() -> Optional.ofNullable(other).map(PassThrough::jsonVersion))
            .orElse("1.1");
    try {
      if (request.body().length > MOST_BYTES) {
        throw new AwsException("RequestEntityTooLarge", "The request is too large.", 413, Map.of());
      }
      var caller = caller(request);
      if (other != null) {
        return letThrough(other, request, caller);
      }
      if (service == null) {
        throw new AwsException(
            "UnknownOperationException", "No local service for '%s'".formatted(target));
      }
      var body = parsed(request.body());
      return json(200, version, perform(service, request.action(), body, caller));
    } catch (AwsException e) {
      return json(e.status(), version, e.body()).with("x-amzn-ErrorType", e.code());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, target + " failed", e);
      return json(500, version, internalFailure(e).body());
    }
  }

  private AwsAnswer answerQuery(AwsRequest request) {
    var query = QueryProtocol.unread();
    try {
      query = QueryProtocol.read(request.body());
      var caller = caller(request);
      var service = services.get(query.version());
      if (service == null) {
        throw new AwsException(
            "InvalidAction", "No local service of version '%s'".formatted(query.version()));
      }
      return xml(200, query.answer(perform(service, query.action(), query.parameters(), caller)));
    } catch (AwsException e) {
      return xml(e.status(), query.error(e));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, query.action() + " failed", e);
      return xml(500, query.error(internalFailure(e)));
    }
  }

  private static AwsException internalFailure(RuntimeException e) {
    return new AwsException("InternalFailure", "Internal failure: " + e, 500, Map.of());
  }

  private AwsAnswer letThrough(PassThrough service, AwsRequest request, Caller caller) {
    if (authorizer.concerns(caller)) {
      try {
        service
            .needs(request.action(), parsed(request.body()))
            .forEach(access -> authorizer.require(caller, access));
      } catch (AwsException denied) {
        throw service.refusal(denied);
      }
    }
    work.begin();
    try {
      return service.forward(request.target(), request.header("Authorization"), request.body());
    } finally {
      work.end();
    }
  }

  private JsonNode perform(AwsService service, String action, JsonNode request, Caller caller) {
    if (authorizer.concerns(caller)) {
      service.needs(action, request).forEach(access -> authorizer.require(caller, access));
    }
    work.begin();
    try {
      return service.perform(action, request, caller);
    } finally {
      work.end();
    }
  }

  private static JsonNode parsed(byte[] body) {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      var json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      // Answered below, as for JSON that is not an object.
    }
    throw new AwsException("SerializationException", "The request is not a JSON object.");
  }

  private Caller caller(AwsRequest request) {
    var signature = request.header("Authorization").flatMap(SignatureV4::read);
    var key = signature.flatMap(found -> keys.find(found.accessKeyId()));
    if (check.signatures()) {
      if (signature.isEmpty()) {
        throw new AwsException(
            "MissingAuthenticationTokenException", "Missing Authentication Token", 403, Map.of());
      }
      if (key.isEmpty()) {
        throw new AwsException(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            403,
            Map.of());
      }
      var signed =
          new SignatureV4.Signed(
              request.method(),
              request.path(),
              request.query(),
              name -> String.join(",", request.headers().apply(name)),
              SignatureV4.sha256(request.body()));
      if (!signature.get().matches(key.get().secret(), signed)) {
        throw new AwsException(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
            403,
            Map.of());
      }
      requireFresh(signature.get(), request.header("X-Amz-Date").orElse(""));
    }
    return new Caller(
        signature.map(SignatureV4::accessKeyId).orElse(""),
        key.map(AccessKeys.AccessKey::principal).orElse("anonymous"));
  }

  /** A request that was listened to cannot be sent again a day later. */
  private void requireFresh(SignatureV4 signature, String date) {
    Instant now = check.clock().instant();
    boolean fresh =
        SignatureV4.isTimely(date, now)
            && date.startsWith(signature.scope().getFirst())
            && signature.signedHeaders().containsAll(List.of("host", "x-amz-date"));
    if (!fresh) {
      throw new AwsException(
          "InvalidSignatureException",
          "Signature expired or not yet current: it is of %s, and now it is %s (15 min.)"
              .formatted(date, SignatureV4.SIGNED_AT.format(now.atOffset(ZoneOffset.UTC))),
          403,
          Map.of());
    }
  }

  private static AwsAnswer json(int status, String version, JsonNode body) {
    return new AwsAnswer(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-" + version,
            "x-amzn-RequestId",
            UUID.randomUUID().toString()),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static AwsAnswer xml(int status, String xml) {
    return new AwsAnswer(
        status, Map.of("Content-Type", "text/xml"), xml.getBytes(StandardCharsets.UTF_8));
  }
}
