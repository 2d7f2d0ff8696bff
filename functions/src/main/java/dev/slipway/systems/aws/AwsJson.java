package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service of AWS that speaks JSON 1.1, for which no module of the SDK is at hand (Smithy, "AWS
 * JSON 1.1 protocol"). Names of operations and fields are those of AWS's API references.
 *
 * <pre>{@code
 * AwsJson organizations = session.json(AwsJson.Service.ORGANIZATIONS, "us-east-1");
 * JsonNode account = organizations.read("DescribeAccount", input).path("Account");
 * }</pre>
 */
public final class AwsJson {

  /** The services, by the name that host and signature have, and the prefix of their operations. */
  public enum Service {
    ORGANIZATIONS("organizations", "AWSOrganizationsV20161128"),
    IDENTITY_STORE("identitystore", "AWSIdentityStore"),
    IDENTITY_CENTER("sso", "SWBExternalService"),
    SERVICE_QUOTAS("servicequotas", "ServiceQuotasV20190624"),
    ACM("acm", "CertificateManager");

    private final String host;
    private final String prefix;

    Service(String host, String prefix) {
      this.host = host;
      this.prefix = prefix;
    }
  }

  /**
   * No list that Slipway reads is longer; a service that always names a next page is not obeyed.
   */
  private static final int MOST_PAGES = 200;

  private final AwsSession session;
  private final Service service;
  private final String region;

  AwsJson(AwsSession session, Service service, String region) {
    this.session = session;
    this.service = service;
    this.region = region;
  }

  /** Asks what changes nothing; repeated when the network fails. */
  public JsonNode read(String operation, ObjectNode input) {
    return sent(call(operation, input).changingNothing());
  }

  /** Asks for what may not be there: empty if AWS says so. */
  public Optional<JsonNode> find(String operation, ObjectNode input) {
    try {
      return Optional.of(read(operation, input));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == SystemTrouble.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  /** The members of a list, of all pages. */
  public List<JsonNode> list(String operation, ObjectNode input, String members) {
    List<JsonNode> all = new ArrayList<>();
    ObjectNode asked = input.deepCopy();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = read(operation, asked);
      answer.path(members).forEach(all::add);
      // Where there is no next page, the member is missing or null.
      String next = answer.path("NextToken").asText("");
      if (next.isEmpty()) {
        return all;
      }
      asked.put("NextToken", next);
    }
    throw new SystemTrouble(
        AwsSession.SYSTEM,
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        operation + " has more than " + MOST_PAGES + " pages.",
        service.host + ":" + operation,
        call(operation, input).against(),
        "");
  }

  /** Changes; sent once, unless AWS says that it did nothing. */
  public JsonNode change(String operation, ObjectNode input) {
    return sent(call(operation, input));
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return session.call(service.host, "", region).against();
  }

  private HttpCall call(String operation, ObjectNode input) {
    return session
        .call(service.host, operation, region)
        .header("X-Amz-Target", service.prefix + "." + operation)
        .body("application/x-amz-json-1.1", Bytes.of(input.toString()));
  }

  /** Some operations answer nothing at all. */
  private JsonNode sent(HttpCall call) {
    HttpAnswer answer = session.send(call, service.host, region);
    return answer.body().size() == 0 ? JsonNodeFactory.instance.objectNode() : answer.json();
  }
}
