package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Step;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.sandbox.ActForm;
import dev.slipway.local.sandbox.world.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads profiles strictly: an unknown field is refused, with file, line and field. */
public final class ProfileReader {
  private static final Set<String> OUTCOMES = Set.of("WAITING", "FAILED");

  private final Checklists checklists;

  public ProfileReader(Checklists checklists) {
    this.checklists = checklists;
  }

  /**
   * Reads a profile.
   *
   * @throws ProfileException if it is not as it must be; names everything that is wrong with it
   */
  public Profile read(Path file) throws ProfileException {
    String text = text(file);
    Repetitions.Written written = written(file, text);
    JsonNode tree = new SandboxCertificates().in(written.tree());
    return new Reading(file, written.lines()).profile(ProfileField.root(tree), hash(text));
  }

  private static Repetitions.Written written(Path file, String text) throws ProfileException {
    JsonNode tree;
    FieldLines lines;
    try {
      tree = Json.MAPPER.readTree(text);
      lines = FieldLines.of(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new ProfileException(
          List.of(file + ":" + line + ": is no JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot be read", e);
    }
    try {
      return Repetitions.out(tree, lines);
    } catch (ProfileField.Wrong e) {
      throw new ProfileException(
          List.of(file + ":" + lines.line(e.pointer()) + ": " + e.getMessage()));
    }
  }

  private static String text(Path file) throws ProfileException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ProfileException(List.of(file + ": there is no such file"));
    } catch (IOException e) {
      throw new ProfileException(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One reading: collects what is wrong, part by part. */
  private final class Reading {
    private final Path file;
    private final FieldLines lines;
    private final List<String> wrong = new ArrayList<>();

    Reading(Path file, FieldLines lines) {
      this.file = file;
      this.lines = lines;
    }

    Profile profile(ProfileField root, String hash) throws ProfileException {
      part(
          root,
          r ->
              r.only(
                  "$schema",
                  "checklist",
                  "name",
                  "elements",
                  "credentials",
                  "sandbox",
                  "people",
                  "corrections",
                  "afterGoLive"));
      stopIfWrong();
      String checklistName = part(root.get("checklist"), ProfileField::text);
      String name = part(root.get("name"), ProfileField::text);
      Checklist checklist =
          checklistName == null ? null : part(root.get("checklist"), this::checklist);
      stopIfWrong();

      Map<String, JsonNode> elements =
          named(root.get("elements"), field -> element(checklist, field, Element.Kind.VALUE));
      Map<String, JsonNode> credentials =
          named(
              root.get("credentials"), field -> element(checklist, field, Element.Kind.CREDENTIAL));
      List<ProfileAction> sandbox = listed(root.get("sandbox"), item -> action(checklist, item));
      List<PersonsStep> people = listed(root.get("people"), item -> step(checklist, item));
      List<Correction> corrections =
          listed(root.get("corrections"), item -> correction(checklist, item));
      List<LaterEvent> later = listed(root.get("afterGoLive"), item -> later(checklist, item));
      stopIfWrong();
      return new Profile(
          file,
          hash,
          checklistName,
          name,
          elements,
          credentials,
          sandbox,
          people,
          corrections,
          later,
          lines);
    }

    private Checklist checklist(ProfileField field) {
      try {
        return checklists.newest(field.text());
      } catch (IllegalArgumentException e) {
        throw field.wrong(e.getMessage());
      }
    }

    /** By its id; of one with instances, by its id with an instance: {@code look@uat.acme}. */
    private JsonNode element(Checklist checklist, ProfileField field, Element.Kind kind) {
      String name = field.pointer().last().getMatchingProperty();
      if (!asksFor(checklist, name, kind)) {
        String known =
            checklist
                .elements()
                .filter(element -> element.kind() == kind)
                .map(Element::id)
                .sorted()
                .collect(Collectors.joining(", "));
        String what = kind == Element.Kind.VALUE ? "element" : "credential";
        throw field.wrong("the checklist has no such %s; it has %s".formatted(what, known));
      }
      return field.value();
    }

    /** Of a gate, those of the looks at its section's elements. */
    private static List<String> steps(Checklist checklist, String task) {
      Stream<String> looks =
          checklist.sections().stream()
              .filter(section -> section.gate().equals(task))
              .flatMap(section -> section.elements().stream())
              .flatMap(element -> element.looks().stream().map(look -> element.id() + "." + look));
      Stream<String> own =
          checklist.task(task).stream()
              .flatMap(definition -> definition.steps().stream())
              .map(Step::id);
      return Stream.concat(own, looks).toList();
    }

    private PersonsStep step(Checklist checklist, ProfileField item) {
      item.only("task", "step", "as", "statement", "values", "acts", "after", "early");
      String task = task(checklist, item.get("task"));
      String step = item.get("step").text();
      List<String> steps = steps(checklist, TaskKey.parse(task).task());
      if (!steps.contains(step.replaceFirst("@[^@]*(?=\\.)", ""))) {
        throw item.get("step")
            .wrong("the task has no such step; it has " + String.join(", ", steps));
      }
      List<ProfileAction> acts = actions(checklist, item.get("acts"));
      boolean speaks = acts.stream().noneMatch(ProfileAction.LookFromInside.class::isInstance);
      return new PersonsStep(
          task,
          step,
          role(item.get("as")),
          speaks ? item.get("statement").text() : item.get("statement").optionalText().orElse(null),
          item.get("values").isThere() ? item.get("values").objectValue() : null,
          acts,
          item.get("after").duration(),
          item.get("early").truth(),
          lines.line(item.pointer()));
    }

    private Correction correction(Checklist checklist, ProfileField item) {
      item.only("when", "as", "do", "after");
      ProfileField when = item.get("when").only("task", "outcome", "code");
      String outcome = when.get("outcome").text();
      if (!OUTCOMES.contains(outcome)) {
        throw when.get("outcome").wrong("must be one of " + new TreeSet<>(OUTCOMES));
      }
      List<ProfileAction> actions = actions(checklist, item.get("do"));
      if (actions.isEmpty()) {
        throw item.get("do").wrong("must name what is done");
      }
      return new Correction(
          task(checklist, when.get("task")),
          outcome,
          when.get("code").optionalText().orElse(""),
          item.get("as").isThere() ? role(item.get("as")) : Role.CUSTOMER,
          actions,
          item.get("after").duration(),
          lines.line(item.pointer()));
    }

    private LaterEvent later(Checklist checklist, ProfileField item) {
      item.only("after", "do");
      return new LaterEvent(
          item.get("after").duration(),
          actions(checklist, item.get("do")),
          lines.line(item.pointer()));
    }

    private List<ProfileAction> actions(Checklist checklist, ProfileField list) {
      return list.items().stream().map(item -> action(checklist, item)).toList();
    }

    private ProfileAction action(Checklist checklist, ProfileField item) {
      Map<String, Supplier<ProfileAction>> kinds = new LinkedHashMap<>();
      kinds.put("element", () -> giveElement(checklist, item));
      kinds.put("credential", () -> giveCredential(checklist, item));
      kinds.put("act", () -> act(item));
      kinds.put(
          "world",
          () -> new ProfileAction.PatchWorld(item.only("world").get("world").objectValue()));
      kinds.put("fault", () -> fault(item.only("fault").get("fault")));
      kinds.put("clearFaults", ProfileAction.ClearFaults::new);
      kinds.put("probeRunner", () -> lookFromInside(item));
      for (ProfileAction.Decide.Kind kind : ProfileAction.Decide.Kind.values()) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        kinds.put(word, () -> decide(checklist, item, kind, word));
      }
      return kinds.entrySet().stream()
          .filter(kind -> item.get(kind.getKey()).isThere())
          .findFirst()
          .orElseThrow(
              () -> item.wrong("must have one of the fields " + String.join(", ", kinds.keySet())))
          .getValue()
          .get();
    }

    private ProfileAction giveElement(Checklist checklist, ProfileField item) {
      item.only("element", "value");
      String id = item.get("element").text();
      if (!asksFor(checklist, id, Element.Kind.VALUE)) {
        throw item.get("element").wrong("the checklist has no element " + id);
      }
      return new ProfileAction.GiveElement(id, item.get("value").value());
    }

    private ProfileAction giveCredential(Checklist checklist, ProfileField item) {
      item.only("credential", "fields");
      String id = item.get("credential").text();
      if (!asksFor(checklist, id, Element.Kind.CREDENTIAL)) {
        throw item.get("credential").wrong("the checklist has no credential " + id);
      }
      return new ProfileAction.GiveCredential(id, item.get("fields").objectValue());
    }

    /** A credential may bear the same name as an element. */
    private static boolean asksFor(Checklist checklist, String name, Element.Kind kind) {
      TaskKey named = TaskKey.parse(name);
      return checklist
          .elements()
          .filter(element -> element.is(kind, named.task()))
          .anyMatch(element -> named.instance().isEmpty() == (element.per() == null));
    }

    /** Held against the stand-ins' forms here, so that a mistake is told before anything runs. */
    private ProfileAction act(ProfileField item) {
      item.only("act", "details");
      String act = item.get("act").text();
      ProfileField details = item.get("details");
      JsonNode given = details.isThere() ? details.objectValue() : Json.MAPPER.createObjectNode();
      for (ActForm.Wrong wrong : ActForm.wrong(act, given)) {
        throw (wrong.detail().isEmpty() ? item.get("act") : details.get(wrong.detail()))
            .wrong(wrong.message());
      }
      return new ProfileAction.PerformAct(act, withContents(details, given));
    }

    /** In the place of {@code {"$base64": "files/logo.png"}} the file's content, as Base64. */
    private JsonNode withContents(ProfileField details, JsonNode value) {
      if (value.has("$base64")) {
        Path named = file.toAbsolutePath().getParent().resolve(value.path("$base64").asText());
        try {
          return Json.tree(Files.readAllBytes(named));
        } catch (IOException e) {
          throw details.wrong("the file " + named + " cannot be read");
        }
      }
      if (value instanceof ObjectNode object) {
        object.properties().forEach(each -> each.setValue(withContents(details, each.getValue())));
      }
      return value;
    }

    private static ProfileAction fault(ProfileField field) {
      try {
        Fault.fromJson(field.objectValue());
      } catch (IllegalArgumentException e) {
        throw field.wrong(e.getMessage());
      }
      return new ProfileAction.AddFault(field.value());
    }

    private static ProfileAction lookFromInside(ProfileField item) {
      item.only("probeRunner", "logins");
      return new ProfileAction.LookFromInside(
          item.get("probeRunner").text(),
          item.get("logins").isThere()
              ? item.get("logins").objectValue()
              : Json.MAPPER.createObjectNode());
    }

    private ProfileAction decide(
        Checklist checklist, ProfileField item, ProfileAction.Decide.Kind kind, String word) {
      item.only(word, "reason");
      return new ProfileAction.Decide(
          kind, task(checklist, item.get(word)), item.get("reason").text());
    }

    private String task(Checklist checklist, ProfileField field) {
      String key = field.text();
      String task = TaskKey.parse(key).task();
      boolean gate = checklist.sections().stream().anyMatch(section -> section.gate().equals(task));
      if (checklist.task(task).isEmpty() && !gate) {
        throw field.wrong("the checklist has no task " + task);
      }
      return key;
    }

    private Role role(ProfileField field) {
      return Role.named(field.text())
          .orElseThrow(() -> field.wrong("must be manager, customer or engineer"));
    }

    private Map<String, JsonNode> named(
        ProfileField object, Function<ProfileField, JsonNode> reader) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      Map<String, ProfileField> fields = part(object, ProfileField::fields);
      if (fields != null) {
        fields.forEach(
            (name, field) -> {
              JsonNode value = part(field, reader);
              if (value != null) {
                values.put(name, value);
              }
            });
      }
      return values;
    }

    private <T> List<T> listed(ProfileField list, Function<ProfileField, T> reader) {
      List<T> values = new ArrayList<>();
      List<ProfileField> items = part(list, ProfileField::items);
      if (items != null) {
        items.forEach(
            item -> {
              T value = part(item, reader);
              if (value != null) {
                values.add(value);
              }
            });
      }
      return values;
    }

    /** Reads a part; null if it is wrong, which is noted. */
    private <T> T part(ProfileField field, Function<ProfileField, T> reader) {
      try {
        return reader.apply(field);
      } catch (ProfileField.Wrong e) {
        wrong.add(message(e.pointer(), e.getMessage()));
        return null;
      }
    }

    private String message(JsonPointer field, String message) {
      return file + ":" + lines.line(field) + ": " + message;
    }

    private void stopIfWrong() throws ProfileException {
      if (!wrong.isEmpty()) {
        throw new ProfileException(wrong);
      }
    }
  }
}
