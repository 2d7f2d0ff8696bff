package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.rest.ResourceApi;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Nex!, the PaaS that connectors run on: JSON:API below {@code /api/v1}, the key as the user of
 * HTTP Basic authentication. Names of resources and attributes are those of nex_client 0.17.0 and
 * of the frontend's {@code nex_adapter.rb}; the server's own behaviour is unverified, so a natural
 * key is looked for in what a filter answers, too. The values of an app's variables are written,
 * and never read, shown or quoted.
 *
 * <pre>{@code
 * Nex nex = new Nex(http, URI.create("https://nex.uat.customer.example"), key);
 * Nex.App app = nex.app("salesforce-uat").orElseThrow();
 * nex.domain("salesforce.apps.uat.customer.example", app)
 *     .orElseGet(() -> nex.addDomain("salesforce.apps.uat.customer.example", app));
 * }</pre>
 */
public final class Nex {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "nex";

  private static final String APPS = "apps";
  private static final String DOMAINS = "domains";
  private static final String CERTIFICATES = "ssl_certificates";
  private static final String ORIGIN = "origin";

  private final JsonApi login;
  private final ResourceApi api;

  /**
   * An application.
   *
   * @param nodes how many run; 0 where Nex! does not tell
   * @param variables the names of its variables; none where Nex! does not tell
   */
  public record App(
      String id, String name, String image, String tag, int nodes, Set<String> variables) {}

  /**
   * An application to make.
   *
   * @param variables names to values, which hold secrets
   */
  public record NewApp(
      String name, String image, String tag, int nodes, Map<String, String> variables) {
    @Override
    public String toString() {
      return name + " of " + image + ":" + tag;
    }
  }

  /**
   * @param endpoint scheme and host
   */
  public Nex(HttpPort http, URI endpoint, String apiKey) {
    this.login =
        new JsonApi(http, SYSTEM, Destination.CUSTOMER, endpoint.resolve("/api/v1/"))
            .with(Authentication.basic(apiKey, ""))
            .redacting(apiKey);
    this.api = new ResourceApi(login);
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /** Sees that the key lets in; answers how many apps the first page has. */
  public int requireAccess() {
    return unquoted(() -> api.page("GET /api/v1/apps", APPS, Map.of())).size();
  }

  /** All apps. */
  public List<App> apps() {
    return unquoted(() -> api.list("GET /api/v1/apps", APPS, Map.of())).stream()
        .map(Nex::app)
        .toList();
  }

  /** The app of a name. */
  public Optional<App> app(String name) {
    return find(APPS, "name", name).map(Nex::app);
  }

  /** Makes an app; if Nex! refuses, but there is one of that name afterwards, it is that. */
  public App create(NewApp wanted) {
    ObjectNode attributes =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", wanted.name())
            .put("image", wanted.image())
            .put("image_tag", wanted.tag())
            .put("nodes", wanted.nodes())
            .put("ssl_enabled", true);
    ObjectNode variables = attributes.putObject("vars");
    new TreeMap<>(wanted.variables()).forEach(variables::put);
    ResourceApi masking =
        new ResourceApi(login.redacting(wanted.variables().values().toArray(String[]::new)));
    return JsonApi.ensure(
        () -> app(wanted.name()),
        () -> app(unquoted(() -> masking.create("POST /api/v1/apps", APPS, APPS, attributes))));
  }

  /** Removes an app; one that is not there is gone. */
  public void removeApp(String id) {
    remove(APPS, id);
  }

  /**
   * The id of the domain by which a host leads to an app.
   *
   * @throws SystemTrouble of kind {@code REJECTED} if the host leads to another app
   */
  public Optional<String> domain(String host, App app) {
    return ofApp(DOMAINS, host, app);
  }

  /** Has a host lead to an app; answers the domain's id. */
  public String addDomain(String host, App app) {
    return add(api, DOMAINS, JsonNodeFactory.instance.objectNode().put("cname", host), app);
  }

  /** Removes a domain; one that is not there is gone. */
  public void removeDomain(String id) {
    remove(DOMAINS, id);
  }

  /** The id of the certificate of an app's host; troubles as {@link #domain}. */
  public Optional<String> certificate(String host, App app) {
    return ofApp(CERTIFICATES, host, app);
  }

  /**
   * Gives an app's host its certificate; answers the certificate's id.
   *
   * @param publicCert the certificate in PEM
   * @param bundle those that issued it, in PEM
   * @param privateKey in PEM
   */
  public String addCertificate(
      String host, App app, String publicCert, String bundle, String privateKey) {
    ObjectNode attributes =
        JsonNodeFactory.instance
            .objectNode()
            .put("cname", host)
            .put("public_cert", publicCert)
            .put("cert_bundle", bundle)
            .put("private_key", privateKey);
    return add(new ResourceApi(login.redacting(privateKey)), CERTIFICATES, attributes, app);
  }

  /** Removes a certificate; one that is not there is gone. */
  public void removeCertificate(String id) {
    remove(CERTIFICATES, id);
  }

  private String add(ResourceApi with, String type, ObjectNode attributes, App app) {
    String host = attributes.path("cname").asText();
    return JsonApi.ensure(
        () -> ofApp(type, host, app),
        () ->
            with.create(
                    "POST /api/v1/" + type,
                    type,
                    type,
                    attributes,
                    Map.of(ORIGIN, new Resource(APPS, app.id(), attributes)))
                .id());
  }

  private Optional<String> ofApp(String type, String host, App app) {
    Optional<Resource> found = find(type, "cname", host);
    found
        .flatMap(each -> each.related(ORIGIN))
        .filter(other -> !other.equals(app.id()))
        .ifPresent(
            other -> {
              throw new SystemTrouble(
                  SYSTEM,
                  Kind.REJECTED,
                  host + " leads to another app on Nex! already.",
                  "GET /api/v1/" + type,
                  against(),
                  "app " + other);
            });
    return found.map(Resource::id);
  }

  private Optional<Resource> find(String type, String key, String value) {
    return unquoted(
            () -> api.list("GET /api/v1/" + type, type, Map.of("filter[" + key + "]", value)))
        .stream()
        .filter(each -> each.text(key).equalsIgnoreCase(value))
        .findFirst();
  }

  private void remove(String type, String id) {
    try {
      api.delete("DELETE /api/v1/" + type, type + "/" + id);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_FOUND) {
        throw trouble;
      }
    }
  }

  private static App app(Resource record) {
    Set<String> variables = new TreeSet<>();
    record.attributes().path("vars").fieldNames().forEachRemaining(variables::add);
    return new App(
        record.id(),
        record.text("name"),
        record.text("image"),
        record.text("image_tag"),
        record.attributes().path("nodes").asInt(),
        variables);
  }

  /** An answer that is not understood may hold the variables of apps: it is not quoted. */
  private static <T> T unquoted(Supplier<T> question) {
    try {
      return question.get();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_UNDERSTOOD) {
        throw trouble;
      }
      throw new SystemTrouble(
          SYSTEM, trouble.kind(), trouble.getMessage(), trouble.asked(), trouble.against(), "");
    }
  }
}
