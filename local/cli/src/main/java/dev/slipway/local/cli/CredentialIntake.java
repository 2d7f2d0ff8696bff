package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Hands in the credentials of a customer's file that are not valid yet. */
record CredentialIntake(ApiCommand command, SlipwayApi api, String onboarding) {

  /**
   * Hands them in, one after the other; each is graded.
   *
   * @param named system to the fields that are asked for
   * @return 0 if each is valid or is for others to give; 1 otherwise
   */
  int give(Map<String, List<String>> named, GivenSecrets secrets) {
    Map<String, List<String>> all = new LinkedHashMap<>(named);
    secrets.file().fieldNames().forEachRemaining(system -> all.putIfAbsent(system, List.of()));
    if (all.isEmpty()) {
      return 0;
    }
    Map<String, List<String>> others = new TreeMap<>();
    Set<String> asked = new HashSet<>();
    int code = 0;
    for (JsonNode known : api.elements(onboarding).path("credentials")) {
      String system = known.path("system").asText();
      // Of one that is given for each of several, the file says the fields once.
      String name = all.containsKey(system) ? system : system.replaceFirst("@.*", "");
      List<String> fields = all.get(name);
      if (fields == null) {
        continue;
      }
      asked.add(name);
      if (known.path("usable").asBoolean()) {
        command.say(
            "Credential %s: VALID already; `slipway credential store` replaces it."
                .formatted(system));
      } else if (known.path("yours").asBoolean()) {
        code = Math.max(code, give(known, fields, secrets));
      } else {
        others.computeIfAbsent(known.path("party").asText(), p -> new ArrayList<>()).add(system);
      }
    }
    others.forEach(this::leave);
    all.keySet().stream()
        .filter(system -> !asked.contains(system))
        .forEach(
            system ->
                command.say("Credential %s: is not asked for as things stand.".formatted(system)));
    return code;
  }

  /** Those of another party, with the command for it. */
  private void leave(String party, List<String> systems) {
    command.say(
        "Credentials %s: for %s to hand in, by `%s apply FILE %s%s`"
            .formatted(
                String.join(", ", systems),
                Wording.party(party),
                OpenWorkText.COMMAND,
                onboarding,
                (" " + command.place().options(party)).stripTrailing()));
  }

  private int give(JsonNode known, List<String> fields, GivenSecrets secrets) {
    String system = known.path("system").asText();
    String about = "Credential " + system + ": ";
    Optional<JsonNode> given = secrets.of(system);
    if (given.isEmpty() && GivenSecrets.canAsk()) {
      command.say(about + known.path("title").asText() + " (not shown; nothing: not now)");
      given = GivenSecrets.ask(fields);
    }
    if (given.isEmpty()) {
      command.say(about + "not given; it is asked for on a terminal, or read from --secrets.");
      return 1;
    }
    return store(system, given.get());
  }

  private int store(String system, JsonNode fields) {
    try {
      JsonNode answer = api.storeCredential(onboarding, system, fields);
      String grade = answer.path("grade").asText();
      command.say(
          "Credential %s: %s %s"
              .formatted(system, grade, answer.path("message").asText(""))
              .strip());
      return grade.equals("VALID") ? 0 : 1;
    } catch (ApiProblem e) {
      if (e.status() != 422 && e.status() != 409 && e.status() != 429) {
        throw e;
      }
      // Of what was typed wrongly the others are asked for all the same.
      new ProblemText(e).lines().forEach(command::warn);
      return 1;
    }
  }
}
