package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.template.Stack;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The actions that concern secrets as a whole. */
final class SecretActions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final List<String> FILTERS =
      List.of(
          "description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all");
  private static final int MOST_RESULTS = 100;
  private static final int MOST_FILTERS = 10;
  private static final int LONGEST_WINDOW = 30;
  private static final int SHORTEST_WINDOW = 7;

  private final SecretStore store;
  private final ValueActions values;
  private final Stack stack;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  SecretActions(SecretStore store, ValueActions values, Stack stack, InstantSource clock) {
    this.store = store;
    this.values = values;
    this.stack = stack;
    this.clock = clock;
  }

  JsonNode create(SecretRequest request) {
    var name = request.required("Name");
    if (!NAME.matcher(name).matches()) {
      throw new AwsException(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    boolean hasValue = request.hasValue();
    var other = store.byName(name);
    if (other.isPresent()) {
      return createdBefore(other.get(), request);
    }
    var secret =
        new Secret(
            name, stack.arn("secretsmanager", "secret:" + name + "-" + end()), clock.instant());
    request.text("Description").ifPresent(secret::description);
    request.text("KmsKeyId").ifPresent(secret::kmsKeyId);
    request
        .json()
        .path("Tags")
        .forEach(tag -> secret.tags().put(tag.path("Key").asText(), tag.path("Value").asText()));
    var answer = ValueActions.identity(secret);
    if (hasValue) {
      var version = values.add(secret, request, List.of(Secret.CURRENT));
      answer.put("VersionId", version.id());
    } else {
      store.save(secret);
    }
    return answer;
  }

  private static JsonNode createdBefore(Secret secret, SecretRequest request) {
    if (secret.deletion().isPresent()) {
      throw Failures.request(
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    var same =
        request
            .text("ClientRequestToken")
            .flatMap(secret::version)
            .filter(version -> version.sameValue(request.secretString(), request.secretBinary()));
    if (same.isEmpty()) {
      throw Failures.exists(secret.name());
    }
    return ValueActions.identity(secret).put("VersionId", same.get().id());
  }

  private String end() {
    var text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  JsonNode update(SecretRequest request) {
    var secret = store.usable(request.secretId());
    request.text("Description").ifPresent(secret::description);
    request.text("KmsKeyId").ifPresent(secret::kmsKeyId);
    var answer = ValueActions.identity(secret);
    if (request.hasValue()) {
      answer.put("VersionId", values.add(secret, request, List.of(Secret.CURRENT)).id());
    }
    secret.changed(clock.instant());
    store.save(secret);
    return answer;
  }

  JsonNode describe(SecretRequest request) {
    return describe(store.find(request.secretId()), "VersionIdsToStages");
  }

  private static ObjectNode describe(Secret secret, String versionsMember) {
    var answer = ValueActions.identity(secret);
    secret.description().ifPresent(text -> answer.put("Description", text));
    secret.kmsKeyId().ifPresent(id -> answer.put("KmsKeyId", id));
    answer.put("LastChangedDate", ValueActions.seconds(secret.changed()));
    secret
        .accessed()
        .ifPresent(
            when ->
                answer.put(
                    "LastAccessedDate",
                    ValueActions.seconds(when.truncatedTo(java.time.temporal.ChronoUnit.DAYS))));
    secret.deletion().ifPresent(when -> answer.put("DeletedDate", ValueActions.seconds(when)));
    var tags = answer.putArray("Tags");
    secret.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    var versions = answer.putObject(versionsMember);
    for (var version : secret.versions()) {
      if (!version.stages().isEmpty()) {
        version.stages().forEach(versions.putArray(version.id())::add);
      }
    }
    answer.put("CreatedDate", ValueActions.seconds(secret.created()));
    return answer;
  }

  JsonNode list(SecretRequest request) {
    requireFilters(request.json().path("Filters"));
    var matching =
        store.all().stream()
            .filter(secret -> secret.deletion().isEmpty() || request.flag("IncludePlannedDeletion"))
            .filter(secret -> matchesAll(secret, request.json().path("Filters")))
            .toList();
    int size = request.json().path("MaxResults").asInt(MOST_RESULTS);
    if (size < 1 || size > MOST_RESULTS) {
      throw new AwsException(
          "ValidationException",
          "1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint: "
                  .formatted(size)
              + "Member must have value between 1 and 100");
    }
    int from = 0;
    var token = request.text("NextToken");
    if (token.isPresent()) {
      if (matching.stream().noneMatch(one -> one.name().equals(token.get()))) {
        throw new AwsException("InvalidNextTokenException", "The NextToken value is invalid.");
      }
      while (from < matching.size() && matching.get(from).name().compareTo(token.get()) <= 0) {
        from++;
      }
    }
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("SecretList");
    int to = Math.min(matching.size(), from + size);
    matching.subList(from, to).forEach(one -> list.add(describe(one, "SecretVersionsToStages")));
    if (to < matching.size()) {
      answer.put("NextToken", matching.get(to - 1).name());
    }
    return answer;
  }

  private static void requireFilters(JsonNode filters) {
    if (filters.size() > MOST_FILTERS) {
      throw Failures.parameter("There may be 10 filters at most.");
    }
    for (var filter : filters) {
      if (!FILTERS.contains(filter.path("Key").asText())) {
        throw Failures.parameter(
            "Unknown filter: '%s'; there are %s"
                .formatted(filter.path("Key").asText(), String.join(", ", FILTERS)));
      }
      int values = filter.path("Values").size();
      if (values < 1 || values > MOST_FILTERS) {
        throw Failures.parameter("A filter has 1 to 10 values.");
      }
    }
  }

  private static boolean matchesAll(Secret secret, JsonNode filters) {
    for (var filter : filters) {
      boolean matches = false;
      for (var value : filter.path("Values")) {
        matches |= matches(secret, filter.path("Key").asText(), value.asText());
      }
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(Secret secret, String key, String value) {
    if (value.startsWith("!")) {
      return !matches(secret, key, value.substring(1));
    }
    var wanted = value.toLowerCase(Locale.ROOT);
    Predicate<String> begins = text -> text.toLowerCase(Locale.ROOT).startsWith(wanted);
    return switch (key) {
      case "name" -> secret.name().startsWith(value);
      case "description" -> secret.description().filter(begins).isPresent();
      case "tag-key" -> secret.tags().keySet().stream().anyMatch(begins);
      case "tag-value" -> secret.tags().values().stream().anyMatch(begins);
      case "all" -> begins.test(secret.name()) || secret.description().filter(begins).isPresent();
      // No secret here is another region's or another service's.
      default -> false;
    };
  }

  JsonNode delete(SecretRequest request) {
    boolean force = request.flag("ForceDeleteWithoutRecovery");
    var window = Optional.ofNullable(request.json().get("RecoveryWindowInDays"));
    if (force && window.isPresent()) {
      throw Failures.parameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    int days = window.map(JsonNode::asInt).orElse(LONGEST_WINDOW);
    if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
      throw Failures.parameter(
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    var now = clock.instant();
    if (force && store.byName(request.secretId()).isEmpty() && !isArn(request)) {
      // Force-deleting what is not there is no error (API reference, DeleteSecret).
      return JsonNodeFactory.instance
          .objectNode()
          .put("ARN", stack.arn("secretsmanager", "secret:" + request.secretId() + "-" + end()))
          .put("Name", request.secretId())
          .put("DeletionDate", ValueActions.seconds(now));
    }
    var secret = store.find(request.secretId());
    if (force) {
      store.remove(secret);
      return deleted(secret, now);
    }
    if (secret.deletion().isPresent()) {
      throw Failures.request(
          "You can't perform this operation on the secret because it was already scheduled for"
              + " deletion.");
    }
    var when = now.plus(Duration.ofDays(days));
    secret.deletion(Optional.of(when));
    store.save(secret);
    return deleted(secret, when);
  }

  private static boolean isArn(SecretRequest request) {
    return request.secretId().startsWith("arn:");
  }

  private static JsonNode deleted(Secret secret, java.time.Instant when) {
    return ValueActions.identity(secret).put("DeletionDate", ValueActions.seconds(when));
  }

  JsonNode restore(SecretRequest request) {
    var secret = store.find(request.secretId());
    secret.deletion(Optional.empty());
    store.save(secret);
    return ValueActions.identity(secret);
  }

  JsonNode tag(SecretRequest request) {
    var secret = store.usable(request.secretId());
    request
        .json()
        .path("Tags")
        .forEach(tag -> secret.tags().put(tag.path("Key").asText(), tag.path("Value").asText()));
    store.save(secret);
    return JsonNodeFactory.instance.objectNode();
  }

  JsonNode untag(SecretRequest request) {
    var secret = store.usable(request.secretId());
    request.texts("TagKeys").forEach(secret.tags()::remove);
    store.save(secret);
    return JsonNodeFactory.instance.objectNode();
  }
}
