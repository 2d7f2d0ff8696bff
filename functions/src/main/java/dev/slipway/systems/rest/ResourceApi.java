package dev.slipway.systems.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An API in the form of <a href="https://jsonapi.org/format/1.0/">JSON:API 1.0</a>: resources with
 * type, id and attributes, in pages.
 *
 * <pre>{@code
 * ResourceApi api = new ResourceApi(new JsonApi(http, "hub", Destination.CUSTOMER, base));
 * List<Resource> users = api.list("users", "users", Map.of("filter[email]", email));
 * Resource user = api.create("new user", "users", "users", attributes);
 * }</pre>
 *
 * <p>An error tells what the answer's {@code errors} say ({@code title} and {@code detail}).
 */
public final class ResourceApi {
  private static final String MEDIA_TYPE = "application/vnd.api+json";

  /** What MnoHub and its kin hold on a page. */
  private static final int PAGE = 30;

  /** No list that is read is this long; an API that turns no page would be read without end. */
  private static final int MOST_PAGES = 100;

  /** The statuses whose error says what is wrong with what was sent. */
  private static final Set<Integer> EXPLAINED = Set.of(400, 403, 409, 415, 422);

  private final JsonApi api;

  /**
   * One resource.
   *
   * @param type such as {@code users}
   * @param attributes a JSON object
   * @param relationships a JSON object; missing if it has none
   */
  public record Resource(String type, String id, JsonNode attributes, JsonNode relationships) {
    /** One without relationships. */
    public Resource(String type, String id, JsonNode attributes) {
      this(type, id, attributes, MissingNode.getInstance());
    }

    /** The id of the one resource that it is related to by a name, if the API tells. */
    public Optional<String> related(String name) {
      return Optional.of(relationships.path(name).path("data").path("id").asText())
          .filter(id -> !id.isEmpty());
    }

    /** The ids of the resources that it is related to by a name; empty if the API does not tell. */
    public Optional<List<String>> relatedAll(String name) {
      return Optional.of(relationships.path(name).path("data"))
          .filter(JsonNode::isArray)
          .map(all -> all.valueStream().map(each -> each.path("id").asText()).toList());
    }

    /** An attribute as text; empty text if it is not there or null. */
    public String text(String attribute) {
      JsonNode value = attributes.path(attribute);
      return value.isNull() ? "" : value.asText();
    }
  }

  /** Speaks this form to an API that has its login already. */
  public ResourceApi(JsonApi api) {
    this.api = api.with(call -> call.header("Accept", MEDIA_TYPE)).withErrors(ResourceApi::explain);
  }

  /** Scheme, host and port, which a report may name. */
  public String against() {
    return api.against();
  }

  /** The resources of all pages. */
  public List<Resource> list(String asked, String path, Map<String, String> query) {
    List<Resource> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      Map<String, String> paged = new TreeMap<>(query);
      paged.put("page[number]", String.valueOf(page));
      paged.put("page[size]", String.valueOf(PAGE));
      HttpAnswer answer = api.get(asked, path, paged);
      List<Resource> found = resources(answer);
      all.addAll(found);
      if (found.isEmpty() || !isContinued(answer.json(), found.size(), all.size())) {
        return all;
      }
      if (page == MOST_PAGES) {
        throw answer.trouble(
            Kind.NOT_UNDERSTOOD,
            api.against() + " answers " + asked + " with more than " + MOST_PAGES + " pages.");
      }
    }
  }

  /** The resources of one page: the first, unless the query names another. */
  public List<Resource> page(String asked, String path, Map<String, String> query) {
    return resources(api.get(asked, path, query));
  }

  /** One resource that has to be there. */
  public Resource get(String asked, String path) {
    return resource(api.get(asked, path));
  }

  /** One resource; empty at HTTP 404. */
  public Optional<Resource> find(String asked, String path) {
    return api.find(asked, path).map(ResourceApi::resource);
  }

  /** Makes a resource. Sent once: whether a lost answer was a success, only a look tells. */
  public Resource create(String asked, String path, String type, ObjectNode attributes) {
    return resource(send(asked, "POST", path, document(type, "", attributes)));
  }

  /** The same, of one that is related to others from its beginning: name to resource. */
  public Resource create(
      String asked,
      String path,
      String type,
      ObjectNode attributes,
      Map<String, Resource> relationships) {
    ObjectNode document = document(type, "", attributes);
    ObjectNode related = document.withObjectProperty("data").putObject("relationships");
    relationships.forEach(
        (name, other) ->
            related
                .putObject(name)
                .putObject("data")
                .put("type", other.type())
                .put("id", other.id()));
    return resource(send(asked, "POST", path, document));
  }

  /** Changes attributes of a resource; those that are not named stay as they are. */
  public Resource change(String asked, String path, Resource old, ObjectNode attributes) {
    return resource(send(asked, "PATCH", path, document(old.type(), old.id(), attributes)));
  }

  /** Removes a resource, or whatever else a DELETE does there. */
  public void delete(String asked, String path) {
    api.send(api.call(asked, path).method("DELETE"));
  }

  /** An operation of its own, which only its path names, such as {@code PATCH apps/7/enable}. */
  public HttpAnswer command(String asked, String method, String path, ObjectNode attributes) {
    return send(asked, method, path, document("", "", attributes));
  }

  private HttpAnswer send(String asked, String method, String path, ObjectNode document) {
    HttpCall call = api.call(asked, path).method(method);
    return api.send(call.body(MEDIA_TYPE, Bytes.of(document.toString())));
  }

  private static ObjectNode document(String type, String id, ObjectNode attributes) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode data = document.putObject("data");
    if (!type.isEmpty()) {
      data.put("type", type);
    }
    if (!id.isEmpty()) {
      data.put("id", id);
    }
    data.set("attributes", attributes);
    return document;
  }

  private static boolean isContinued(JsonNode document, int onPage, int soFar) {
    JsonNode next = document.path("links").path("next");
    JsonNode count = document.path("meta").path("record_count");
    return (!next.isMissingNode() && !next.isNull())
        || (count.isInt() ? soFar < count.intValue() : onPage >= PAGE && next.isMissingNode());
  }

  private static List<Resource> resources(HttpAnswer answer) {
    JsonNode data = answer.json().path("data");
    if (!data.isArray()) {
      throw notUnderstood(answer);
    }
    return data.valueStream().map(each -> resource(answer, each)).toList();
  }

  private static Resource resource(HttpAnswer answer) {
    JsonNode data = answer.json().path("data");
    // Operations of their own answer a list of one.
    return resource(answer, data.isArray() && data.size() == 1 ? data.get(0) : data);
  }

  private static Resource resource(HttpAnswer answer, JsonNode data) {
    if (data.path("type").asText().isEmpty()
        || data.path("id").asText().isEmpty()
        || !data.path("attributes").isObject()) {
      throw notUnderstood(answer);
    }
    return new Resource(
        data.path("type").asText(),
        data.path("id").asText(),
        data.path("attributes"),
        data.path("relationships"));
  }

  private static SystemTrouble notUnderstood(HttpAnswer answer) {
    return answer.trouble(
        Kind.NOT_UNDERSTOOD,
        answer.call().against()
            + " answered "
            + answer.call().asked()
            + " with JSON that is no resource of JSON:API.");
  }

  private static void explain(HttpAnswer answer) {
    if (!EXPLAINED.contains(answer.status()) || !answer.text().stripLeading().startsWith("{")) {
      return;
    }
    JsonNode error = answer.json().path("errors").path(0);
    String said = error.path("detail").asText(error.path("title").asText(""));
    if (!said.isEmpty()) {
      SystemTrouble plain = answer.statusTrouble();
      throw answer.trouble(plain.kind(), plain.getMessage() + " It says: " + said);
    }
  }
}
