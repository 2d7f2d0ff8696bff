package dev.slipway.systems.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.JsonApi;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The acts of an end customer of the platform, done with the token of the test customer: the proof
 * that a set-up works. Nothing here is created twice: an environment is looked up by its name
 * first, and adopted when another caller was faster. Parameters of {@code CreateEnvironment} and
 * the names of backup methods are unverified.
 *
 * <pre>{@code
 * URI base = PlatformAddress.ofDomain("paas.example.com");
 * CustomerClient customer = new CustomerClient(http, base, token);
 * CustomerEnvironment made = customer.ensureEnvironment("slipway-test", image, Optional.empty());
 * }</pre>
 */
public final class CustomerClient {

  private static final String SYSTEM = "test-customer";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The platform's limit for one container: 1 reserved, 4 dynamic cloudlets (512 MB). */
  private static final int FIXED_CLOUDLETS = 1;

  private static final int FLEXIBLE_CLOUDLETS = 4;

  /** The troubles of a platform that does not list archives, or not to this customer. */
  private static final Set<SystemTrouble.Kind> NOT_LISTED =
      Set.of(
          SystemTrouble.Kind.NOT_FOUND,
          SystemTrouble.Kind.NOT_PERMITTED,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          SystemTrouble.Kind.REJECTED);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param base the API's base address, see {@link PlatformAddress}
   * @param token the test customer's personal token
   */
  public CustomerClient(HttpPort http, URI base, String token) {
    this.calls = new PlatformCalls(http, SYSTEM, base, token);
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /** The customer's login; empty when the platform does not report it. */
  public String login() {
    return PlatformAnswers.text(
        calls.read(PlatformMethod.GET_USER_INFO, Map.of()), "email", "login", "name");
  }

  /**
   * A link that leads this customer into the billing portal, for one use.
   *
   * @param path where in the portal it leads; empty for the portal's choice
   */
  public URI singleSignOn(Optional<String> path) {
    JsonNode answer =
        calls.write(
            PlatformMethod.GET_SSO_URL,
            path.<Map<String, String>>map(p -> Map.of("path", p)).orElseGet(Map::of));
    try {
      URI link = new URI(PlatformAnswers.text(answer, "url", "ssoUrl", "response", "object"));
      if (link.getHost() != null) {
        return link;
      }
    } catch (URISyntaxException e) {
      throw noLink();
    }
    throw noLink();
  }

  /** The answer itself is not recorded: it may hold a link that still works. */
  private SystemTrouble noLink() {
    return new SystemTrouble(
        SYSTEM,
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        "The platform answered without a link.",
        PlatformMethod.GET_SSO_URL.permission(),
        against(),
        "");
  }

  /**
   * The usage of this customer, hour by hour. Usage becomes money once an hour only.
   *
   * @param from full seconds count
   */
  public List<Usage> usage(Instant from, Instant to) {
    JsonNode answer =
        calls.read(
            PlatformMethod.GET_BILLING_HISTORY,
            Map.of("startTime", TIME.format(from), "endTime", TIME.format(to), "period", "HOUR"));
    return PlatformAnswers.items(answer).stream()
        .map(
            item ->
                new Usage(
                    PlatformAnswers.text(item, "envName", "shortdomain", "name", "appid"),
                    amount(answer, PlatformAnswers.text(item, "cost", "amount", "price"))))
        .toList();
  }

  private BigDecimal amount(JsonNode answer, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "The platform answered a billing history without amounts.",
          PlatformMethod.GET_BILLING_HISTORY.permission(),
          against(),
          calls.forTheRecord(answer));
    }
  }

  /** An environment by its short name. */
  public Optional<CustomerEnvironment> environment(String name) {
    try {
      return Optional.of(
          environment(name, calls.read(PlatformMethod.GET_ENV_INFO, Map.of("envName", name))));
    } catch (SystemTrouble trouble) {
      if (meansAbsent(trouble)) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  /**
   * The environment of this name with one container, created unless it is there.
   *
   * @param image a Docker image such as {@code nginx:alpine}
   * @param region a region's name; empty leaves the choice to the platform
   */
  public CustomerEnvironment ensureEnvironment(String name, String image, Optional<String> region) {
    return JsonApi.ensure(
        () -> environment(name),
        () -> {
          createEnvironment(name, image, region);
          return environment(name)
              .orElseThrow(() -> notThere(PlatformMethod.CREATE_ENVIRONMENT, name));
        });
  }

  private void createEnvironment(String name, String image, Optional<String> region) {
    Map<String, Object> env =
        region
            .<Map<String, Object>>map(where -> Map.of("shortdomain", name, "region", where))
            .orElseGet(() -> Map.of("shortdomain", name));
    List<Map<String, Object>> nodes =
        List.of(
            Map.of(
                "nodeType", "docker",
                "nodeGroup", "cp",
                "image", image,
                "fixedCloudlets", FIXED_CLOUDLETS,
                "flexibleCloudlets", FLEXIBLE_CLOUDLETS));
    calls.write(PlatformMethod.CREATE_ENVIRONMENT, Map.of("env", json(env), "nodes", json(nodes)));
  }

  /** An external address of the environment's first container, attached unless it has one. */
  public String ensureExternalIp(String environment) {
    CustomerEnvironment before = present(environment);
    Optional<String> address = externalIp(before);
    if (address.isPresent()) {
      return address.get();
    }
    EnvironmentNode node =
        before.nodes().stream()
            .findFirst()
            .orElseThrow(() -> notThere(PlatformMethod.ATTACH_EXT_IP, environment));
    calls.write(
        PlatformMethod.ATTACH_EXT_IP,
        Map.of("envName", environment, "nodeid", String.valueOf(node.id()), "type", "ipv4"));
    return externalIp(present(environment))
        .orElseThrow(() -> notThere(PlatformMethod.ATTACH_EXT_IP, environment));
  }

  /**
   * An archive of this name, uploaded as end users do, unless the platform lists it already: the
   * answer to an earlier upload may have been lost. A platform that does not list archives gets it
   * again.
   *
   * @param fileName letters, digits, dots and dashes; the same for the same content
   * @return the name under which the platform keeps it
   */
  public String ensureUploaded(String fileName, Bytes archive) {
    if (!fileName.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException("not a plain file name: " + fileName);
    }
    return archives().contains(fileName) ? fileName : upload(fileName, archive);
  }

  private List<String> archives() {
    try {
      return PlatformAnswers.items(calls.read(PlatformMethod.GET_ARCHIVES, Map.of())).stream()
          .map(archive -> PlatformAnswers.text(archive, "name", "archivename"))
          .toList();
    } catch (SystemTrouble trouble) {
      if (NOT_LISTED.contains(trouble.kind())) {
        return List.of();
      }
      throw trouble;
    }
  }

  private String upload(String fileName, Bytes archive) {
    JsonNode answer = calls.upload(fileName, archive);
    String name = PlatformAnswers.text(answer, "name", "file");
    if (name.isBlank()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "The platform accepted the upload but did not name the file it keeps.",
          PlatformMethod.UPLOAD.permission(),
          against(),
          calls.forTheRecord(answer));
    }
    return name;
  }

  /** Writes a text file into the environment's first container. */
  public void writeFile(String environment, String path, String text) {
    calls.write(
        PlatformMethod.WRITE_FILE,
        Map.of("envName", environment, "nodeGroup", "cp", "path", path, "body", text));
  }

  /** Reads a text file from the environment's first container; empty when it is not there. */
  public Optional<String> readFile(String environment, String path) {
    try {
      JsonNode answer =
          calls.read(
              PlatformMethod.READ_FILE,
              Map.of("envName", environment, "nodeGroup", "cp", "path", path));
      return Optional.of(PlatformAnswers.text(answer, "body", "content"));
    } catch (SystemTrouble trouble) {
      if (meansAbsent(trouble)) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  /**
   * Backs the environment up.
   *
   * @return the backup's id
   */
  public String backUp(String environment) {
    JsonNode answer = calls.write(PlatformMethod.BACK_UP, Map.of("envName", environment));
    return PlatformAnswers.text(answer, "id", "backupId", "name");
  }

  /** Restores the environment from a backup. */
  public void restore(String environment, String backup) {
    calls.write(PlatformMethod.RESTORE, Map.of("envName", environment, "id", backup));
  }

  /** Removes an environment; one that is not there is removed already. */
  public void remove(String name) {
    try {
      // By quota the platform wants the user's password or the environment's name to confirm.
      calls.write(PlatformMethod.DELETE_ENV, Map.of("envName", name, "password", name));
    } catch (SystemTrouble trouble) {
      if (!meansAbsent(trouble)) {
        throw trouble;
      }
    }
  }

  private CustomerEnvironment present(String name) {
    return environment(name)
        .orElseThrow(
            () ->
                trouble(
                    PlatformMethod.GET_ENV_INFO,
                    "The test customer has no environment " + name + "."));
  }

  private SystemTrouble notThere(PlatformMethod method, String name) {
    return trouble(
        method,
        "The platform reported success, yet the result cannot be seen at environment "
            + name
            + ".");
  }

  private SystemTrouble trouble(PlatformMethod method, String message) {
    return new SystemTrouble(
        SYSTEM, SystemTrouble.Kind.NOT_FOUND, message, method.permission(), against(), "");
  }

  /** Number 5 is the known one; other versions say it in words. */
  private static boolean meansAbsent(SystemTrouble trouble) {
    String said = trouble.answered().toLowerCase(Locale.ROOT);
    return trouble.kind() == SystemTrouble.Kind.NOT_FOUND
        || (trouble.kind() == SystemTrouble.Kind.REJECTED
            && (said.contains("not found") || said.contains("not exist")));
  }

  private static Optional<String> externalIp(CustomerEnvironment environment) {
    return environment.nodes().stream().flatMap(n -> n.externalIps().stream()).findFirst();
  }

  private static CustomerEnvironment environment(String name, JsonNode answer) {
    List<EnvironmentNode> nodes =
        PlatformAnswers.items(answer).stream()
            .filter(node -> node.path("id").isIntegralNumber())
            .map(
                node ->
                    new EnvironmentNode(
                        node.path("id").asLong(),
                        PlatformAnswers.text(node, "nodeGroup", "group"),
                        PlatformAnswers.texts(node, "extIPs", "ip").isEmpty()
                            ? PlatformAnswers.texts(node, "extips", "ip")
                            : PlatformAnswers.texts(node, "extIPs", "ip")))
            .toList();
    return new CustomerEnvironment(name, PlatformAnswers.text(answer.path("env"), "domain"), nodes);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
