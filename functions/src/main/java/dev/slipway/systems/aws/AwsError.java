package dev.slipway.systems.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as AWS's services report it: {@code __type} and {@code message} of a JSON answer, {@code
 * Code} and {@code Message} of an XML one (AWS API references, "Common errors").
 *
 * @param code such as {@code AccessDeniedException}; empty if the answer is not of AWS's form
 * @param message AWS's words
 */
record AwsError(String code, String message) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]{1,2000})</Message>");
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.]{1,80}");
  private static final int LONGEST = 300;

  /** Reads an answer that is no success. */
  static AwsError of(HttpAnswer answer) {
    String text = answer.text().strip();
    if (text.startsWith("<")) {
      return new AwsError(first(CODE, text), first(MESSAGE, text));
    }
    try {
      JsonNode tree = JSON.readTree(text);
      String type = tree.path("__type").asText(answer.header("x-amzn-errortype").orElse(""));
      String code = type.substring(type.indexOf('#') + 1).split(":", 2)[0];
      return new AwsError(
          TYPE.matcher(code).matches() ? code : "",
          tree.path("message").asText(tree.path("Message").asText()));
    } catch (JsonProcessingException e) {
      return new AwsError("", "");
    }
  }

  /** Whether AWS did nothing because it was asked too often, or while it was at work. */
  boolean isThrottling() {
    return kind(400) == Kind.RATE_LIMITED;
  }

  /** The trouble that it is. */
  SystemTrouble trouble(HttpAnswer answer) {
    if (code.isEmpty()) {
      return answer.statusTrouble();
    }
    String words = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    return answer.trouble(
        kind(answer.status()),
        "AWS did not accept "
            + answer.call().asked()
            + " ("
            + code
            + (words.isBlank() ? ")." : "): " + words));
  }

  private Kind kind(int status) {
    return switch (code.replaceAll("(Exception|Fault)$", "")) {
      case "AccessDenied", "UnauthorizedOperation", "AccessDeniedForDependency" ->
          Kind.NOT_PERMITTED;
      case "InvalidClientTokenId",
          "UnrecognizedClient",
          "SignatureDoesNotMatch",
          "InvalidSignature",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "InvalidAccessKeyId",
          "AuthFailure",
          "ExpiredToken" ->
          Kind.AUTHENTICATION_FAILED;
      case "Throttling",
          "Throttled",
          "TooManyRequests",
          "RequestLimitExceeded",
          "PriorRequestNotComplete",
          "ConcurrentModification" ->
          Kind.RATE_LIMITED;
      case "OptInRequired", "RegionDisabled" -> Kind.WRONG_PLACE;
      case "InvalidVpnConnectionID.NotFound",
          "ResourceNotFound",
          "NoSuchResource",
          "AccountNotFound",
          "CreateAccountStatusNotFound",
          "NoSuchHostedZone",
          "NoSuchChange" ->
          Kind.NOT_FOUND;
      default -> status >= 500 ? Kind.OUT_OF_ORDER : Kind.REJECTED;
    };
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
