package dev.slipway.local.ses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.Stack;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SES's endpoint: {@code SendEmail} with text and HTML, delivered before it answers. */
public final class SesService implements AwsService {
  private static final int MOST_RECEIVERS = 50;

  private final Stack stack;
  private final MailRelay relay;

  public SesService(Stack stack, MailRelay relay) {
    this.stack = stack;
    this.relay = relay;
  }

  /** Of a service with the Query protocol, the version of its API. */
  @Override
  public String target() {
    return "2010-12-01";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    String from = request.path("Source").asText();
    String identity = stack.arn("ses", "identity/" + from.substring(from.indexOf('@') + 1));
    return List.of(
        new Access("ses:" + action, identity, identity, Map.of("ses:FromAddress", from)));
  }

  @Override
  public JsonNode perform(String action, JsonNode request, Caller caller) {
    if (!action.equals("SendEmail")) {
      throw new AwsException(
          "InvalidAction", "Could not find operation %s; not available locally".formatted(action));
    }
    String from = required(request, "Source");
    String subject = required(request, "Message.Subject.Data");
    String text = required(request, "Message.Body.Text.Data");
    String html = request.path("Message.Body.Html.Data").asText("");
    List<String> receivers = receivers(request);
    String id = UUID.randomUUID().toString();
    for (String receiver : receivers) {
      try {
        relay.deliver(
            new OutgoingMail(from, receiver, subject, text, html, id + "@email.amazonses.com"));
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new AwsException("MessageRejected", String.valueOf(e.getMessage()));
      } catch (UncheckedIOException e) {
        throw new AwsException("ServiceUnavailable", String.valueOf(e.getMessage()), 503, Map.of());
      }
    }
    return JsonNodeFactory.instance.objectNode().put("MessageId", id);
  }

  private static List<String> receivers(JsonNode request) {
    List<String> receivers = new ArrayList<>();
    for (String kind : List.of("To", "Cc", "Bcc")) {
      for (int n = 1; ; n++) {
        String name = "Destination.%sAddresses.member.%d".formatted(kind, n);
        if (!request.has(name)) {
          break;
        }
        receivers.add(request.path(name).asText());
      }
    }
    if (receivers.isEmpty() || receivers.size() > MOST_RECEIVERS) {
      throw new AwsException(
          "InvalidParameterValue", "Recipient count must be 1 to %d.".formatted(MOST_RECEIVERS));
    }
    return receivers;
  }

  private static String required(JsonNode request, String name) {
    if (!request.hasNonNull(name) || request.path(name).asText().isEmpty()) {
      throw new AwsException("ValidationError", "Missing required parameter: " + name);
    }
    return request.path(name).asText();
  }
}
