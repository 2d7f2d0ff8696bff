package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.customer.AttachedFiles;
import dev.slipway.local.customer.CustomerCheck;
import dev.slipway.local.customer.CustomerFile;
import dev.slipway.local.customer.CustomerOnboarding;
import dev.slipway.local.customer.ElementChange;
import dev.slipway.local.customer.Mistakes;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives all that one file says of a customer. */
@Command(
    name = "apply",
    header = "Start a customer by one file, or bring an onboarding to what the file says.",
    description = {
      "",
      "Says what changes and what that would do, asks, and then saves all of it; a mistake is told"
          + " with its line, and nothing is saved before everything is checked. Without ONBOARDING it"
          + " is the open one of the file's checklist and name; if there is none, it is created."
          + " Given twice, the second time changes nothing; interrupted, the same command completes"
          + " it.",
      "",
      "Credentials that the file names and that are not valid yet are asked for, hidden, or read"
          + " from --secrets; they are tested on receipt. Nothing is started by it.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway element template hosting-provider > customer.yaml",
      "  slipway apply customer.yaml --api https://slipway.example --token-file token.txt",
      "  slipway apply customer.yaml hoster-example-gmbh-7sqrdz31 --secrets secrets.yaml --data ~/hoster --as customer",
      ""
    })
public final class ApplyCommand extends ApiCommand {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "YAML, as `slipway element template` begins it; - is standard input.")
  private Path path;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ONBOARDING",
      description = "The onboarding's id; needed with --as customer.")
  private String named;

  @Option(names = "--yes", description = "Do not ask; save whatever it does.")
  private boolean yes;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "Credentials by system, each with its fields, as YAML or JSON; only you may be able to"
              + " read the file.")
  private Path secretsFile;

  ApplyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    CustomerFile file =
        CustomerFile.read(
            path.toString(),
            new String(new InputFile("FILE", path).bytes(), StandardCharsets.UTF_8));
    GivenSecrets secrets = GivenSecrets.of(secretsFile);
    Mistakes mistakes = new Mistakes(file.source());
    AttachedFiles files = new AttachedFiles(path.toAbsolutePath().getParent(), mistakes);
    Map<String, JsonNode> values = new LinkedHashMap<>();
    file.elements().forEach((id, value) -> values.put(id, files.in(value, "/elements/" + id)));
    CustomerOnboarding customer = new CustomerOnboarding(api, file);
    Optional<JsonNode> known = customer.find(named);
    Optional<Checklist> checklist = checklist(file, known, mistakes);
    Map<String, JsonNode> byName = values;
    if (checklist.isPresent()) {
      CustomerCheck check = new CustomerCheck(checklist.get(), mistakes);
      byName = check.named(values);
      check.elements(byName);
      check.credentials(file.credentials());
      secrets.check(check);
    }
    mistakes.throwIfAny();
    place().data().ifPresent(data -> new SandboxNames(data).missing(values).ifPresent(this::warn));

    String id;
    if (known.isPresent()) {
      id = known.get().path("id").asText();
      bring(api, id, known.get(), byName, files, mistakes);
    } else {
      announceNew(file, checklist.orElseThrow(), values);
      JsonNode created = customer.create();
      id = created.path("id").asText();
      say("Onboarding " + id + " is created.");
      ElementSaving saving =
          new ElementSaving(this, api, id, ElementChange.of(byName, MissingNode.getInstance()));
      if (!created.path("checklistVersion").asText().equals(checklist.get().version())) {
        // Another version than the one to which it was held before.
        saving.preview(mistakes);
      }
      saving.save(files);
    }
    int code = new CredentialIntake(this, api, id).give(file.credentials(), secrets);
    closing(api, id);
    return code;
  }

  /** Brings an onboarding that is there to what the file says. */
  private void bring(
      SlipwayApi api,
      String id,
      JsonNode onboarding,
      Map<String, JsonNode> values,
      AttachedFiles files,
      Mistakes mistakes) {
    say(
        "Onboarding %s: %s (%s)"
            .formatted(
                id, onboarding.path("name").asText(), onboarding.path("checklist").asText()));
    List<ElementChange> all = ElementChange.of(values, api.elements(id));
    List<ElementChange> changes = all.stream().filter(ElementChange::isChange).toList();
    changes.forEach(change -> change.lines().forEach(this::say));
    String unchanged =
        all.stream()
            .filter(change -> !change.isChange())
            .map(ElementChange::element)
            .collect(Collectors.joining(", "));
    if (!unchanged.isEmpty()) {
      say("  unchanged  " + unchanged);
    }
    if (changes.isEmpty()) {
      say("No element changes.");
      return;
    }
    ElementSaving saving = new ElementSaving(this, api, id, changes);
    Effects effects = saving.preview(mistakes);
    say("What that does:");
    effects.lines(values.keySet()).forEach(this::say);
    agree("Save " + elements(changes.size()) + "?");
    saving.save(files);
  }

  /** The plan of a new onboarding. */
  private void announceNew(CustomerFile file, Checklist checklist, Map<String, JsonNode> values) {
    say("A new onboarding: %s (%s)".formatted(file.name(), file.checklist()));
    say("  new        " + String.join(", ", values.keySet()));
    ObjectNode elements = JsonNodeFactory.instance.objectNode();
    elements.setAll(values);
    say("What a run would do, once it is started:");
    JsonNode plan =
        Json.tree(new Planner(checklist, new PlanInput(elements, Set.of(), Map.of())).plan());
    for (JsonNode entry : plan.path("entries")) {
      String rule = entry.path("rule").asText("");
      say(
          "  %-4s %-14s %s%s"
              .formatted(
                  entry.path("row").asText(),
                  entry.path("effect").asText().replace('_', ' '),
                  entry.path("title").asText(),
                  rule.isEmpty() ? "" : " (" + rule + ")"));
    }
    agree("Create the onboarding, and save " + elements(values.size()) + "?");
  }

  private static String elements(int count) {
    return count == 1 ? "1 element" : count + " elements";
  }

  private void agree(String question) {
    if (!yes && !confirms(question)) {
      throw new CommandFailure("nothing was saved; add --yes where nobody can be asked");
    }
  }

  /** Whether the person has accepted the effect in advance. */
  boolean isAgreed() {
    return yes;
  }

  /** The checklist as this build has it; empty: another version than those that it carries. */
  private static Optional<Checklist> checklist(
      CustomerFile file, Optional<JsonNode> known, Mistakes mistakes) {
    Checklists checklists = new Checklists();
    if (known.isPresent()) {
      try {
        return Optional.of(
            checklists.get(
                known.get().path("checklist").asText(),
                known.get().path("checklistVersion").asText()));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    List<String> names = checklists.names();
    if (!names.contains(file.checklist())) {
      mistakes.add(
          "/checklist",
          "there is none of this name; there are "
              + String.join(", ", names)
              + new Nearest(names).hint(file.checklist()));
      mistakes.throwIfAny();
    }
    return Optional.of(checklists.newest(file.checklist()));
  }

  /** The remaining work, and the party of each part. */
  private void closing(SlipwayApi api, String id) {
    List<String> missing =
        api.plan(id)
            .path("missing")
            .valueStream()
            .map(each -> each.path("field").asText().replace("credential:", "credential "))
            .toList();
    say(missing.isEmpty() ? "Nothing is missing." : "Still missing: " + String.join(", ", missing));
    say(
        "Next: %s plan %s %s"
            .formatted(OpenWorkText.COMMAND, id, place().options("MANAGER"))
            .strip());
  }
}
