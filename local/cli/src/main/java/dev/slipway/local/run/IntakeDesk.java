package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives the intake values of a profile: creates the onboarding, saves elements, hands over files
 * and stores credentials. Values that an earlier run of the same profile gave are not given again.
 */
final class IntakeDesk {
  /** A profile names the vendor's people as well, which no customer may. */
  private static final String CONTACTS = "contacts";

  private final Profile profile;
  private final RunMemory memory;
  private final Callers callers;
  private final RunView view;

  IntakeDesk(Profile profile, RunMemory memory, Callers callers, RunView view) {
    this.profile = profile;
    this.memory = memory;
    this.callers = callers;
    this.view = view;
  }

  /**
   * Gives everything; answers the onboarding's id.
   *
   * @throws InputException if a value of the profile is refused
   */
  String open() {
    String id = memory.onboarding();
    if (id.isEmpty()) {
      id =
          callers
              .as(Role.MANAGER, "")
              .create(profile.checklist(), profile.name(), memory.requestKey())
              .path("onboarding")
              .path("id")
              .asText();
      memory.created(id);
      view.line("Onboarding " + id + ": " + profile.name() + " (" + profile.checklist() + ")");
    } else {
      view.line("Onboarding " + id + " goes on where it was: " + profile.name());
    }
    SlipwayApi customer = callers.as(Role.CUSTOMER, id);
    giveElements(customer, id);
    giveCredentials(customer, id);
    return id;
  }

  private void giveElements(SlipwayApi customer, String id) {
    Map<String, JsonNode> known = null;
    JsonNode listed = NullNode.getInstance();
    for (Map.Entry<String, JsonNode> element : profile.elements().entrySet()) {
      String action = "give:element:" + element.getKey();
      if (memory.isDone(action)) {
        continue;
      }
      if (known == null) {
        known = given(customer, id);
      }
      if (!names(listed, "element").contains(element.getKey())) {
        // An element is listed once those that its condition speaks of are given.
        listed = customer.elements(id).path("elements");
      }
      JsonNode value =
          new HandedOverFiles(profile)
              .in(customer, id, element.getValue(), pointer("elements", element.getKey()));
      JsonNode before = known.get(element.getKey());
      if (before == null || !before.path("value").equals(value)) {
        boolean byVendor =
            vendors(listed, "element").contains(element.getKey())
                || element.getKey().equals(CONTACTS);
        SlipwayApi giver = byVendor ? callers.as(Role.MANAGER, id) : customer;
        save(giver, id, element.getKey(), value, before);
      }
      memory.done(action);
    }
  }

  private static Set<String> names(JsonNode asked, String name) {
    return asked.valueStream().map(each -> each.path(name).asText()).collect(Collectors.toSet());
  }

  /** The names of those that the vendor's side gives. */
  private static Set<String> vendors(JsonNode asked, String name) {
    return asked
        .valueStream()
        .filter(each -> each.path("party").asText().equals("VENDOR"))
        .map(each -> each.path(name).asText())
        .collect(Collectors.toSet());
  }

  private void save(SlipwayApi giver, String id, String element, JsonNode value, JsonNode before) {
    try {
      giver.saveElement(
          id,
          element,
          value,
          before == null ? OptionalLong.empty() : OptionalLong.of(before.path("version").asLong()));
    } catch (ApiProblem e) {
      throw refused(e, pointer("elements", element), element);
    }
  }

  /** The elements that have a value: id to {value, version}. */
  static Map<String, JsonNode> given(SlipwayApi api, String id) {
    Map<String, JsonNode> given = new HashMap<>();
    for (JsonNode element : api.elements(id).path("elements")) {
      if (element.path("version").asLong(0) > 0) {
        given.put(element.path("element").asText(), element);
      }
    }
    return given;
  }

  private void giveCredentials(SlipwayApi customer, String id) {
    Set<String> vendors = vendors(customer.elements(id).path("credentials"), "system");
    profile
        .credentials()
        .forEach(
            (system, fields) -> {
              String action = "give:credential:" + system;
              if (!memory.isDone(action)) {
                boolean byVendor = vendors.contains(system);
                store(byVendor ? callers.as(Role.MANAGER, id) : customer, id, system, fields);
                memory.done(action);
              }
            });
  }

  private void store(SlipwayApi customer, String id, String system, JsonNode fields) {
    try {
      JsonNode answer = customer.storeCredential(id, system, fields);
      view.line(
          "Credential %s: %s%s"
              .formatted(
                  system, answer.path("grade").asText(), said(answer.path("message").asText(""))));
    } catch (ApiProblem e) {
      throw refused(e, pointer("credentials", system), "credential:" + system);
    }
  }

  private static String said(String message) {
    return message.isEmpty() ? "" : " — " + message;
  }

  private static JsonPointer pointer(String part, String name) {
    return JsonPointer.empty().appendProperty(part).appendProperty(name);
  }

  private RuntimeException refused(ApiProblem problem, JsonPointer at, String field) {
    boolean ofInput =
        switch (problem.status()) {
          case 400, 413, 415, 422 -> true;
          default -> false;
        };
    if (!ofInput) {
      return problem;
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode error : problem.body().path("errors")) {
      JsonPointer within = pointerWithin(error.path("field").asText(""));
      lines.add(
          "%s: %s%s: %s"
              .formatted(
                  place(at.append(within)),
                  field,
                  within.toString().replace('/', '.'),
                  error.path("message").asText()));
    }
    return new InputException(
        lines.isEmpty()
            ? place(at) + ": " + field + ": " + problem.detail()
            : String.join("\n", lines));
  }

  /** The place of an error within a value; the value itself if the API names none. */
  private static JsonPointer pointerWithin(String text) {
    return text.startsWith("/") ? JsonPointer.compile(text) : JsonPointer.empty();
  }

  private String place(JsonPointer at) {
    return profile.file() + ":" + profile.lines().line(at);
  }
}
