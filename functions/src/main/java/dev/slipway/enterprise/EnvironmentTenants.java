package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.ExpressAdmin;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Work;
import java.util.List;

/**
 * The tenants of a task's environment: the environment's hub as each of them sees it, and their
 * frontends.
 */
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
    JsonNode keys = work.secret(credential(MnoHub.SYSTEM, tenant));
    return MnoHub.of(http, hubHost(), keys);
  }

  /** The frontend of a tenant, as each visitor may ask it. */
  public Express express(String tenant) {
    return new Express(http, host(tenant));
  }

  /** Whether the login of an administrator of a tenant's frontend is given. */
  public boolean hasAdmin(String tenant) {
    return work.hasSecret(credential(ExpressAdmin.SYSTEM, tenant));
  }

  /** The frontend of a tenant, as its administrator. */
  public ExpressAdmin admin(String tenant) {
    JsonNode login = work.secret(credential(ExpressAdmin.SYSTEM, tenant));
    return ExpressAdmin.signIn(
        http, host(tenant), login.path("email").asText(), login.path("password").asText());
  }

  private String credential(String system, String tenant) {
    return system + "@" + environment + "." + tenant;
  }

  private JsonNode list() {
    return work.element("tenants").path(environment).path("list");
  }
}
