package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Work;
import java.util.List;

/** The tenants of a task's environment, and the environment's hub as each of them sees it. */
public final class EnvironmentTenants {
  private final Work work;
  private final HttpPort http;
  private final String environment;

  public EnvironmentTenants(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.environment = work.at("environment");
  }

  /** Their names. */
  public List<String> names() {
    return list().valueStream().map(tenant -> tenant.path("name").asText()).toList();
  }

  /** Those that want the application of the task's instance. */
  public List<String> wanting() {
    JsonNode wanted = work.element("applications").path("tenants");
    return names().stream()
        .filter(
            name ->
                wanted.asText().equals("all")
                    || wanted.valueStream().anyMatch(each -> each.asText().equals(name)))
        .toList();
  }

  /** The host of a tenant's frontend. */
  public String host(String tenant) {
    return of(tenant).path("host").asText();
  }

  /** What its users call it. */
  public String title(String tenant) {
    return of(tenant).path("title").asText(tenant);
  }

  private JsonNode of(String tenant) {
    return list()
        .valueStream()
        .filter(each -> each.path("name").asText().equals(tenant))
        .findFirst()
        .orElseThrow();
  }

  /** The hub's host. */
  public String hubHost() {
    return work.element("component-hosts").path(environment).path("mnohub").asText();
  }

  /** The hub, asked as a tenant. */
  public MnoHub hub(String tenant) {
    JsonNode keys = work.secret(MnoHub.SYSTEM + "@" + environment + "." + tenant);
    return MnoHub.of(http, hubHost(), keys);
  }

  private JsonNode list() {
    return work.element("tenants").path(environment).path("list");
  }
}
