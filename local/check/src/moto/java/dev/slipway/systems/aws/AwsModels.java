package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.systems.net.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * AWS's own descriptions of its services, which botocore carries: whether a request is of their
 * form.
 */
final class AwsModels {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A service's folder, by the prefix of its operations. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "AWSOrganizationsV20161128", "organizations",
          "AWSIdentityStore", "identitystore",
          "SWBExternalService", "sso-admin",
          "ServiceQuotasV20190624", "service-quotas",
          "CertificateManager", "acm");

  private final Path data;
  private final Map<String, JsonNode> models = new HashMap<>();

  /**
   * @param data botocore's folder {@code data}
   */
  AwsModels(Path data) {
    this.data = data;
  }

  /**
   * Holds a request of the JSON protocol against its service's description; leaves others alone.
   *
   * @throws AssertionError if the operation, a field or a value is not AWS's
   */
  void check(HttpCall call) {
    String target = call.headers().get("X-Amz-Target");
    if (target == null) {
      return;
    }
    String[] words = target.split("\\.", 2);
    JsonNode model = models.computeIfAbsent(FOLDERS.get(words[0]), this::read);
    JsonNode operation = model.path("operations").path(words[1]);
    if (operation.isMissingNode()) {
      throw new AssertionError("AWS has no operation " + target);
    }
    try {
      JsonNode input = JSON.readTree(call.body().text());
      check(target, model.path("shapes"), operation.at("/input/shape").asText(), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String where, JsonNode shapes, String name, JsonNode value) {
    JsonNode shape = shapes.path(name);
    switch (shape.path("type").asText()) {
      case "structure" -> {
        for (JsonNode required : shape.path("required")) {
          require(value.has(required.asText()), where, "lacks " + required.asText());
        }
        value
            .properties()
            .forEach(
                field -> {
                  JsonNode member = shape.path("members").path(field.getKey());
                  require(!member.isMissingNode(), where, "has no " + field.getKey());
                  check(
                      where + "." + field.getKey(),
                      shapes,
                      member.path("shape").asText(),
                      field.getValue());
                });
      }
      case "list" -> {
        require(value.isArray(), where, "is a list");
        value.forEach(
            each -> check(where + "[]", shapes, shape.at("/member/shape").asText(), each));
      }
      case "string" -> {
        require(value.isTextual(), where, "is a text");
        boolean known =
            !shape.has("enum")
                || shape
                    .path("enum")
                    .valueStream()
                    .anyMatch(each -> each.asText().equals(value.asText()));
        require(known, where, "is one of " + shape.path("enum"));
      }
      case "boolean" -> require(value.isBoolean(), where, "is true or false");
      case "integer", "long" -> require(value.isIntegralNumber(), where, "is a whole number");
      default -> require(!shape.isMissingNode(), where, "has an unknown form");
    }
  }

  private static void require(boolean holds, String where, String what) {
    if (!holds) {
      throw new AssertionError("By AWS's description " + where + " " + what);
    }
  }

  private JsonNode read(String folder) {
    try (Stream<Path> files = Files.walk(data.resolve(folder))) {
      Path newest =
          files
              .filter(file -> file.getFileName().toString().startsWith("service-2.json"))
              .sorted()
              .reduce((earlier, later) -> later)
              .orElseThrow();
      try (InputStream plain = Files.newInputStream(newest);
          InputStream text =
              newest.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
        return JSON.readTree(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
