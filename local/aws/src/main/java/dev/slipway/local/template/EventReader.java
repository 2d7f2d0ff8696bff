package dev.slipway.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.template.RouteResource.JwtAuthorizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what invokes functions: routes, streams and schedules. */
final class EventReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMPLICIT_API = "ServerlessHttpApi";

  private final SourceTree source;
  private final Intrinsics intrinsics;
  private final List<RouteResource> routes = new ArrayList<>();
  private final List<StreamResource> streams = new ArrayList<>();
  private final List<ScheduleResource> schedules = new ArrayList<>();

  EventReader(SourceTree source, Intrinsics intrinsics) {
    this.source = source;
    this.intrinsics = intrinsics;
  }

  List<RouteResource> routes() {
    return List.copyOf(routes);
  }

  List<StreamResource> streams() {
    return List.copyOf(streams);
  }

  List<ScheduleResource> schedules() {
    return List.copyOf(schedules);
  }

  /** The events that stand in a function. */
  void ofResource(String logicalId, Properties events) {
    for (var name : events.values().properties()) {
      var event = events.inner(name.getKey());
      var properties = event.inner("Properties");
      var id = logicalId + name.getKey();
      switch (event.required("Type")) {
        case "HttpApi" -> route(logicalId, name.getKey(), properties);
        case "DynamoDB" -> stream(id, logicalId, properties, properties.required("Stream"));
        case "Schedule" -> schedule(id, logicalId, properties);
        default ->
            throw event.problem(
                "Type",
                "events of type '%s' do not run locally; HttpApi, DynamoDB and Schedule do"
                    .formatted(event.required("Type")));
      }
    }
  }

  private void route(String functionId, String event, Properties properties) {
    var api = properties.text("ApiId").orElse(IMPLICIT_API);
    var method = properties.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    var path = properties.text("Path").orElse("$default");
    var key = method + " " + path;
    if (routes.stream().anyMatch(other -> (other.method() + " " + other.path()).equals(key))) {
      throw properties.problem("route '" + key + "' is there twice");
    }
    var ownAuth = properties.inner("Auth");
    var scopes = new ArrayList<String>();
    ownAuth.get("AuthorizationScopes").forEach(scope -> scopes.add(scope.asText()));
    routes.add(
        new RouteResource(
            functionId,
            event,
            method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
            path,
            authorizer(api, ownAuth),
            scopes));
  }

  private Optional<JwtAuthorizer> authorizer(String api, Properties ownAuth) {
    var auth = apiAuth(api);
    var name = ownAuth.text("Authorizer").or(() -> auth.text("DefaultAuthorizer"));
    if (name.isEmpty() || name.get().equals("NONE")) {
      return Optional.empty();
    }
    var authorizer = auth.inner("Authorizers").inner(name.get());
    var jwt = authorizer.inner("JwtConfiguration");
    if (jwt.values().isEmpty()) {
      throw ownAuth.problem(
          "authorizer '%s' is not a JWT authorizer of the API".formatted(name.get()));
    }
    var audiences = new ArrayList<String>();
    var given = jwt.has("audience") ? jwt.get("audience") : jwt.get("Audience");
    if (given.isArray()) {
      given.forEach(audience -> audiences.add(audience.asText()));
    } else if (given.isTextual()) {
      audiences.add(given.asText());
    }
    var issuer = jwt.text("issuer").or(() -> jwt.text("Issuer")).orElse("");
    return Optional.of(new JwtAuthorizer(name.get(), issuer, audiences));
  }

  private Properties apiAuth(String api) {
    var path = "Resources/" + api + "/Properties/Auth";
    JsonNode raw = source.root().path("Resources").path(api).path("Properties").path("Auth");
    if (raw.isMissingNode()) {
      path = "Globals/HttpApi/Auth";
      raw = source.root().path("Globals").path("HttpApi").path("Auth");
    }
    var values =
        raw.isObject()
            ? (ObjectNode) intrinsics.resolve(raw, path).orElseThrow()
            : JsonNodeFactory.instance.objectNode();
    return new Properties(source, path, values);
  }

  private void stream(String id, String functionId, Properties properties, String arn) {
    if (!arn.contains(":table/") || !arn.contains("/stream/")) {
      throw properties.problem("only streams of DynamoDB tables run locally, not " + arn);
    }
    int batchSize = properties.integer("BatchSize", 100);
    int parallel = properties.integer("ParallelizationFactor", 1);
    int retries = properties.integer("MaximumRetryAttempts", -1);
    int age = properties.integer("MaximumRecordAgeInSeconds", -1);
    var patterns = new ArrayList<JsonNode>();
    for (var filter : properties.inner("FilterCriteria").get("Filters")) {
      patterns.add(pattern(filter.path("Pattern"), properties));
    }
    boolean reports = false;
    for (var type : properties.get("FunctionResponseTypes")) {
      reports |= type.asText().equals("ReportBatchItemFailures");
    }
    streams.add(
        new StreamResource(
            id,
            functionId,
            arn.substring(arn.indexOf(":table/") + ":table/".length(), arn.indexOf("/stream/")),
            batchSize,
            parallel,
            properties.flag("BisectBatchOnFunctionError"),
            retries < 0 ? OptionalInt.empty() : OptionalInt.of(retries),
            age < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(age)),
            reports,
            patterns,
            properties.inner("DestinationConfig").inner("OnFailure").text("Destination")));
  }

  private static JsonNode pattern(JsonNode pattern, Properties properties) {
    try {
      var read = pattern.isObject() ? pattern : JSON.readTree(pattern.asText());
      return new EventPattern(read).pattern();
    } catch (JsonProcessingException e) {
      throw properties.problem("FilterCriteria", "the pattern is not JSON: " + pattern.asText());
    } catch (IllegalArgumentException e) {
      throw properties.problem("FilterCriteria", e.getMessage());
    }
  }

  private void schedule(String id, String functionId, Properties properties) {
    for (var key : List.of("Enabled", "State", "Input")) {
      if (properties.has(key)) {
        throw properties.problem(key, "'%s' of a schedule does not run locally".formatted(key));
      }
    }
    var schedule = new ScheduleResource(id, functionId, properties.required("Schedule"));
    try {
      schedule.rate();
    } catch (IllegalArgumentException e) {
      throw properties.problem("Schedule", e.getMessage());
    }
    schedules.add(schedule);
  }
}
