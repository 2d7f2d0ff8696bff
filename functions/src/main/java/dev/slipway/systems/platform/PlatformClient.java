package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The platform's administration, as rows V00 to V06 need it, with an administrator's token. Every
 * method throws {@link SystemTrouble}: {@code NOT_PERMITTED} with the permission's name when the
 * token lacks it, {@code AUTHENTICATION_FAILED} when the token is not known, {@code NOT_FOUND},
 * {@code REJECTED} with the platform's words, {@code NOT_UNDERSTOOD} for HTML and the like.
 *
 * <pre>{@code
 * URI base = PlatformAddress.ofDomain("paas.example.com");
 * PlatformClient platform = new PlatformClient(http, base, token);
 * List<Region> regions = platform.regions();
 * }</pre>
 */
public final class PlatformClient {

  private static final String SYSTEM = "platform";

  /** Asks for all addresses at once; the form of the search is unverified. */
  private static final String WHOLE_POOL = "{\"startRow\":0,\"resultCount\":10000}";

  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param http the way out
   * @param base the API's base address, see {@link PlatformAddress}
   * @param token an administrator's personal token
   */
  public PlatformClient(HttpPort http, URI base, String token) {
    this.calls = new PlatformCalls(http, SYSTEM, base, token);
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /** The platform's version, such as {@code 8.4.1}. */
  public String version() {
    JsonNode answer = calls.read(PlatformMethod.GET_VERSION, Map.of());
    String version = PlatformAnswers.text(answer, "version", "platformVersion", "build");
    if (version.isEmpty()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "The platform answered without a version.",
          PlatformMethod.GET_VERSION.permission(),
          against(),
          calls.forTheRecord(answer));
    }
    return version;
  }

  /**
   * The cluster's state; with {@code checkMail} the platform checks its mail server as well. A
   * check of the mail server that failed is an answer, not a trouble.
   */
  public ClusterStatus clusterStatus(boolean checkMail) {
    try {
      JsonNode answer =
          calls.read(
              PlatformMethod.GET_CLUSTER_STATUS, Map.of("checkSMTP", String.valueOf(checkMail)));
      return new ClusterStatus(
          checkMail ? PlatformAnswers.yesOrNo(answer, "smtp") : Optional.empty(),
          calls.forTheRecord(answer));
    } catch (SystemTrouble trouble) {
      String said = trouble.answered().toLowerCase(Locale.ROOT);
      boolean aboutMail = said.contains("smtp") || said.contains("mail");
      if (checkMail && aboutMail && trouble.kind() == SystemTrouble.Kind.REJECTED) {
        return new ClusterStatus(Optional.of(false), trouble.answered());
      }
      throw trouble;
    }
  }

  /** All hardware regions; {@code NOT_UNDERSTOOD} when the answer holds no list. */
  public List<Region> regions() {
    JsonNode answer = calls.read(PlatformMethod.GET_REGIONS, Map.of());
    if (!PlatformAnswers.hasList(answer)) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "The platform answered without a list of regions.",
          PlatformMethod.GET_REGIONS.permission(),
          against(),
          calls.forTheRecord(answer));
    }
    return PlatformAnswers.items(answer).stream().map(PlatformClient::region).toList();
  }

  /**
   * System settings by name. A setting that the platform does not know is missing from the list.
   *
   * @param keys names such as {@code smtp.mail.host}
   */
  public List<ConfigKey> configKeys(List<String> keys) {
    JsonNode answer =
        calls.read(PlatformMethod.GET_CONFIG_KEYS, Map.of("key", String.join(",", keys)));
    return PlatformAnswers.items(answer).stream()
        .map(PlatformClient::configKey)
        .filter(setting -> keys.contains(setting.key()))
        .toList();
  }

  /**
   * Sets one setting. It has no effect before {@link #applyConfig}.
   *
   * @param type the group that {@link #configKeys} reported
   */
  public void changeConfigKey(String type, String key, String value) {
    calls.writeSecret(
        PlatformMethod.CHANGE_CONFIG_KEY, Map.of("type", type, "key", key, "value", value), value);
  }

  /**
   * Applies the settings of a type. <b>Restarts the component</b>: only inside the maintenance
   * window.
   *
   * @param password the administrator's password where the platform wants one (the public client
   *     sends it always); empty sends none
   */
  public void applyConfig(String type, Optional<String> password) {
    Map<String, String> parameters =
        password
            .map(secret -> Map.of("type", type, "password", secret))
            .orElseGet(() -> Map.of("type", type));
    calls.writeSecret(PlatformMethod.APPLY_CONFIG, parameters, password.orElse(""));
  }

  /**
   * Adds a range of external addresses.
   *
   * @param regions names of regions
   */
  public void addExternalIps(String from, String to, List<String> regions) {
    calls.write(
        PlatformMethod.ADD_EXT_IPS,
        Map.of("ipfrom", from, "ipto", to, "regions", String.join(",", regions)));
  }

  /** The whole pool of external addresses. */
  public List<ExternalIp> externalIps() {
    return PlatformAnswers.items(
            calls.read(PlatformMethod.GET_EXT_IP_POOL_INFO, Map.of("search", WHOLE_POOL)))
        .stream()
        .map(PlatformClient::externalIp)
        .filter(ip -> !ip.address().isBlank())
        .toList();
  }

  /** The platform's latest test pull; a pull that failed is an answer, not a trouble. */
  public DockerPullStatus dockerPullStatus() {
    try {
      JsonNode answer = calls.read(PlatformMethod.GET_DOCKER_PULL_STATUS, Map.of());
      boolean failed =
          !PlatformAnswers.yesOrNo(answer, "status").orElse(true)
              || !PlatformAnswers.yesOrNo(answer, "pull").orElse(true)
              || !PlatformAnswers.text(answer, "error").isBlank();
      return new DockerPullStatus(!failed, calls.forTheRecord(answer));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == SystemTrouble.Kind.REJECTED) {
        return new DockerPullStatus(false, trouble.answered());
      }
      throw trouble;
    }
  }

  /** Has the platform send one of its templates; messages may be sent twice, never silently not. */
  public void sendTemplate(String template, String to) {
    calls.write(PlatformMethod.SEND_TEMPLATE_EMAIL, Map.of("template", template, "email", to));
  }

  /** Has the platform send a text. */
  public void sendMail(String to, String subject, String body) {
    calls.write(PlatformMethod.SEND_EMAIL, Map.of("to", to, "subject", subject, "body", body));
  }

  /** For the permission prober: calls without any parameter of its own. */
  void bare(PlatformMethod method) {
    calls.write(method, Map.of());
  }

  private static Region region(JsonNode node) {
    List<String> domains = new ArrayList<>();
    domains.addAll(PlatformAnswers.texts(node, "domain", "domain"));
    domains.addAll(PlatformAnswers.texts(node, "domains", "domain"));
    domains.addAll(PlatformAnswers.texts(node, "regionDomains", "domain"));
    return new Region(
        PlatformAnswers.text(node, "id"),
        PlatformAnswers.text(node, "uniqueName", "name", "displayName"),
        domains.stream().distinct().toList());
  }

  private static ConfigKey configKey(JsonNode node) {
    JsonNode value = node.path("value");
    return new ConfigKey(
        PlatformAnswers.text(node, "type", "configType"),
        PlatformAnswers.text(node, "key", "name"),
        value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty());
  }

  private static ExternalIp externalIp(JsonNode node) {
    String state = PlatformAnswers.text(node, "status", "state", "busy");
    return new ExternalIp(
        PlatformAnswers.text(node, "ip", "address", "ipAddress"),
        PlatformAnswers.text(node, "region", "regionName", "regions"),
        state.equalsIgnoreCase("free") || state.equalsIgnoreCase("false"));
  }
}
