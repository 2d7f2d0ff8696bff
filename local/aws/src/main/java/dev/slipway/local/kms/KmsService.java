package dev.slipway.local.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.KeyResource;
import dev.slipway.local.template.Stack;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * KMS with the template's keys: they sign, and their public halves can be had. With a folder they
 * outlive the process, in files for their owner only.
 */
public final class KmsService implements AwsService {
  private static final String SPEC = "ECC_NIST_P256";
  private static final String USAGE = "SIGN_VERIFY";
  private static final String ALGORITHM = "ECDSA_SHA_256";
  private static final int DIGEST_BYTES = 32;

  /** KMS's own limit. */
  private static final int LONGEST_MESSAGE = 4096;

  private final Stack stack;
  private final Map<String, SigningKey> keys = new LinkedHashMap<>();

  /** Throws {@link IllegalArgumentException} for a key of a kind that is not available here. */
  public KmsService(
      List<KeyResource> resources, Stack stack, InstantSource clock, Optional<Path> folder) {
    this.stack = stack;
    for (var resource : resources) {
      if (!resource.spec().equals(SPEC) || !resource.usage().equals(USAGE)) {
        throw new IllegalArgumentException(
            "key %s: %s for %s is not available locally, only %s for %s"
                .formatted(resource.id(), resource.spec(), resource.usage(), SPEC, USAGE));
      }
      keys.put(resource.id(), SigningKey.of(resource, clock.instant(), folder));
    }
  }

  @Override
  public String target() {
    return "TrentService";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    var name = request.path("KeyId").asText("");
    var context = new HashMap<String, String>();
    if (action.equals("Sign")) {
      context.put("kms:MessageType", request.path("MessageType").asText("RAW"));
      context.put("kms:SigningAlgorithm", request.path("SigningAlgorithm").asText());
    }
    var arn =
        name.isEmpty() ? "*" : name.startsWith("arn:") ? name : stack.arn("kms", "key/" + name);
    return List.of(new Access("kms:" + action, arn, arn, context));
  }

  @Override
  public JsonNode perform(String action, JsonNode request, Caller caller) {
    return switch (action) {
      case "Sign" -> sign(request);
      case "GetPublicKey" -> publicKey(request);
      case "DescribeKey" -> describe(request);
      case "ListKeys" -> list();
      default ->
          throw new AwsException("UnknownOperationException", "not available locally: " + action);
    };
  }

  private JsonNode sign(JsonNode request) {
    var key = key(request);
    requireAlgorithm(request);
    var message = message(request);
    var type = request.path("MessageType").asText("RAW");
    var signature =
        switch (type) {
          case "DIGEST" -> {
            if (message.length != DIGEST_BYTES) {
              throw invalid("Digest is invalid length for algorithm " + ALGORITHM + ".");
            }
            yield key.sign(message);
          }
          case "RAW" -> key.signMessage(message);
          default -> throw invalid("MessageType '%s' is not available locally.".formatted(type));
        };
    return answer(key)
        .put("Signature", Base64.getEncoder().encodeToString(signature))
        .put("SigningAlgorithm", ALGORITHM);
  }

  private static void requireAlgorithm(JsonNode request) {
    var algorithm = request.path("SigningAlgorithm").asText();
    if (!algorithm.equals(ALGORITHM)) {
      throw new AwsException(
          "InvalidKeyUsageException",
          "Algorithm %s is incompatible with key spec %s.".formatted(algorithm, SPEC));
    }
  }

  private static byte[] message(JsonNode request) {
    byte[] message;
    try {
      message = Base64.getDecoder().decode(request.path("Message").asText());
    } catch (IllegalArgumentException e) {
      throw new AwsException("SerializationException", "Message is not base 64.");
    }
    if (message.length == 0 || message.length > LONGEST_MESSAGE) {
      throw invalid("Message must have 1 to " + LONGEST_MESSAGE + " bytes.");
    }
    return message;
  }

  private JsonNode publicKey(JsonNode request) {
    var key = key(request);
    var answer = answer(key);
    answer.put("PublicKey", Base64.getEncoder().encodeToString(key.publicKey()));
    answer.put("KeySpec", SPEC).put("CustomerMasterKeySpec", SPEC).put("KeyUsage", USAGE);
    answer.putArray("SigningAlgorithms").add(ALGORITHM);
    return answer;
  }

  private JsonNode describe(JsonNode request) {
    var key = key(request);
    var answer = JsonNodeFactory.instance.objectNode();
    var data = answer.putObject("KeyMetadata");
    data.put("AWSAccountId", stack.account());
    data.put("KeyId", key.resource().id()).put("Arn", key.resource().arn());
    data.put("CreationDate", key.created().toEpochMilli() / 1000.0);
    data.put("Enabled", true).put("KeyState", "Enabled");
    data.put("Description", key.resource().description());
    data.put("KeySpec", SPEC).put("CustomerMasterKeySpec", SPEC).put("KeyUsage", USAGE);
    data.put("Origin", "AWS_KMS").put("KeyManager", "CUSTOMER").put("MultiRegion", false);
    data.putArray("SigningAlgorithms").add(ALGORITHM);
    return answer;
  }

  private JsonNode list() {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("Keys");
    keys.values()
        .forEach(
            key ->
                list.addObject()
                    .put("KeyId", key.resource().id())
                    .put("KeyArn", key.resource().arn()));
    return answer.put("Truncated", false);
  }

  private static ObjectNode answer(SigningKey key) {
    return JsonNodeFactory.instance.objectNode().put("KeyId", key.resource().arn());
  }

  /** By its id or its ARN. */
  private SigningKey key(JsonNode request) {
    var name = request.path("KeyId").asText();
    var key = keys.get(name.substring(name.lastIndexOf('/') + 1));
    if (key == null || !(name.equals(key.resource().id()) || name.equals(key.resource().arn()))) {
      throw new AwsException(
          "NotFoundException",
          "Key '%s' does not exist".formatted(stack.arn("kms", "key/" + name)));
    }
    return key;
  }

  private static AwsException invalid(String message) {
    return new AwsException("ValidationException", message);
  }
}
