package dev.slipway.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.schedule.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds out which action of which service is meant and who calls, and answers in JSON. */
final class AwsRequestHandler extends Handler.Abstract {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** DynamoDB's limit, which is the highest. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(AwsRequestHandler.class.getName());

  private final AccessKeys keys;
  private final Map<String, AwsService> services;
  private final Map<String, PassThrough> elsewhere;
  private final Authorizer authorizer;
  private final Work work;
  private final boolean verify;

  AwsRequestHandler(AccessKeys keys, AwsEndpoint.Offer offer, Work work, boolean verify) {
    super(InvocationType.BLOCKING);
    this.keys = keys;
    this.services =
        offer.services().stream()
            .collect(Collectors.toMap(AwsService::target, Function.identity()));
    this.elsewhere =
        offer.elsewhere().stream()
            .collect(Collectors.toMap(PassThrough::target, Function.identity()));
    this.authorizer = offer.authorizer();
    this.work = work;
    this.verify = verify;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var target = Optional.ofNullable(request.getHeaders().get("X-Amz-Target")).orElse("");
    if (QueryProtocol.speaks(target, request.getHeaders().get("Content-Type"))) {
      answerQuery(request, response, callback);
      return true;
    }
    int dot = target.lastIndexOf('.');
    var name = dot < 0 ? "" : target.substring(0, dot);
    var service = services.get(name);
    var other = elsewhere.get(name);
    var version = service != null ? service.jsonVersion() : "1.1";
    try {
      var body = body(request);
      var caller = caller(request, body);
      if (other != null) {
        version = other.jsonVersion();
        write(response, callback, letThrough(other, request, target, body, caller));
        return true;
      }
      if (service == null) {
        throw new AwsException(
            "UnknownOperationException", "No local service for '%s'".formatted(target));
      }
      var answer = perform(service, target.substring(dot + 1), parsed(body), caller);
      write(response, callback, 200, version, answer);
    } catch (AwsException e) {
      response.getHeaders().put("x-amzn-ErrorType", e.code());
      write(response, callback, e.status(), version, e.body());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, target + " failed", e);
      var error = new AwsException("InternalFailure", "Internal failure: " + e, 500, Map.of());
      write(response, callback, 500, version, error.body());
    }
    return true;
  }

  private void answerQuery(Request request, Response response, Callback callback)
      throws IOException {
    var body = body(request);
    var query = QueryProtocol.read(body);
    try {
      var caller = caller(request, body);
      var service = services.get(query.version());
      if (service == null) {
        throw new AwsException(
            "InvalidAction", "No local service of version '%s'".formatted(query.version()));
      }
      var answer = perform(service, query.action(), query.parameters(), caller);
      writeXml(response, callback, 200, query.answer(answer));
    } catch (AwsException e) {
      writeXml(response, callback, e.status(), query.error(e));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, query.action() + " failed", e);
      var error = new AwsException("InternalFailure", "Internal failure: " + e, 500, Map.of());
      writeXml(response, callback, 500, query.error(error));
    }
  }

  private static void writeXml(Response response, Callback callback, int status, String xml) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "text/xml");
    response.write(true, ByteBuffer.wrap(xml.getBytes(StandardCharsets.UTF_8)), callback);
  }

  private PassThrough.Answer letThrough(
      PassThrough service, Request request, String target, byte[] body, Caller caller)
      throws IOException {
    if (authorizer.concerns(caller)) {
      var action = target.substring(target.lastIndexOf('.') + 1);
      try {
        service.needs(action, parsed(body)).forEach(access -> authorizer.require(caller, access));
      } catch (AwsException denied) {
        throw service.refusal(denied);
      }
    }
    work.begin();
    try {
      return service.forward(target, request.getHeaders().get("Authorization"), body);
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

  private static byte[] body(Request request) throws IOException {
    if (request.getLength() > MOST_BYTES) {
      throw new AwsException("RequestEntityTooLarge", "The request is too large.", 413, Map.of());
    }
    try (var input = Content.Source.asInputStream(request)) {
      var body = input.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new AwsException("RequestEntityTooLarge", "The request is too large.", 413, Map.of());
      }
      return body;
    }
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      var json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Answered below, as for JSON that is not an object.
    }
    throw new AwsException("SerializationException", "The request is not a JSON object.");
  }

  private Caller caller(Request request, byte[] body) {
    var signature = SignatureV4.read(request.getHeaders().get("Authorization"));
    var key = signature.flatMap(found -> keys.find(found.accessKeyId()));
    if (verify) {
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
              request.getMethod(),
              request.getHttpURI().getPath(),
              request.getHttpURI().getQuery(),
              name -> String.join(",", request.getHeaders().getValuesList(name)),
              SignatureV4.sha256(body));
      if (!signature.get().matches(key.get().secret(), signed)) {
        throw new AwsException(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
            403,
            Map.of());
      }
    }
    return new Caller(
        signature.map(SignatureV4::accessKeyId).orElse(""),
        key.map(AccessKeys.AccessKey::principal).orElse("anonymous"));
  }

  private static void write(Response response, Callback callback, PassThrough.Answer answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, answer.body(), callback);
  }

  private static void write(
      Response response, Callback callback, int status, String version, JsonNode body)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/x-amz-json-" + version);
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(body)), callback);
  }
}
