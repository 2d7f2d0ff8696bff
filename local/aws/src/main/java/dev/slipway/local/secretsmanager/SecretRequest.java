package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The members of a request, checked as the service checks them. */
record SecretRequest(JsonNode json) {
  private static final int MOST_BYTES = 65_536;

  Optional<String> text(String member) {
    return json.hasNonNull(member) ? Optional.of(json.get(member).asText()) : Optional.empty();
  }

  String required(String member) {
    return text(member)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> Failures.parameter("You must provide a value for " + member + "."));
  }

  String secretId() {
    return required("SecretId");
  }

  List<String> texts(String member) {
    var texts = new ArrayList<String>();
    json.path(member).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  boolean flag(String member) {
    return json.path(member).asBoolean();
  }

  /** The id of the version that the request makes. */
  String token() {
    var token = text("ClientRequestToken").orElseGet(() -> UUID.randomUUID().toString());
    if (token.length() < 32 || token.length() > 64) {
      throw Failures.parameter("ClientRequestToken must be 32-64 characters long.");
    }
    return token;
  }

  Optional<String> secretString() {
    return checked(text("SecretString"));
  }

  Optional<String> secretBinary() {
    return checked(text("SecretBinary"));
  }

  /** Whether there is a value; two are an error. */
  boolean hasValue() {
    if (secretString().isPresent() && secretBinary().isPresent()) {
      throw Failures.parameter(
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    return secretString().isPresent() || secretBinary().isPresent();
  }

  private static Optional<String> checked(Optional<String> value) {
    if (value.isPresent() && value.get().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new dev.slipway.local.aws.AwsException(
          "ValidationException", "The secret value exceeds 65536 bytes.");
    }
    return value;
  }
}
