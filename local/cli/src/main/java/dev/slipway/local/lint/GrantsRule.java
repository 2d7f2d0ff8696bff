package dev.slipway.local.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function may read the secrets of exactly those systems whose credentials its task names (the
 * gates' function: those that the looks at elements read), and only Wake may answer task tokens.
 */
final class GrantsRule implements Rule {
  private static final String RULE = "grants";
  private static final String GATE = "SectionGate";
  private static final Pattern SECRET =
      Pattern.compile(".*:secret:\\$\\{SecretsPrefix}/\\*/([a-z0-9-]+(?:@\\*)?)-\\?{6}");

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    if (project.template().isEmpty()) {
      return;
    }
    Map<String, Set<String>> needed =
        project.checklists().stream()
            .flatMap(
                checklist ->
                    checklist
                        .builtTasks()
                        .map(
                            task ->
                                Map.entry(
                                    task.names().resource(),
                                    secrets(checklist, task.credentials().stream()))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, GrantsRule::union));
    needed.put(GATE, lookedAt(project));
    project
        .template()
        .get()
        .functions()
        .forEach(
            (id, function) -> {
              Set<String> granted = new TreeSet<>();
              for (LocatedNode statement : statements(function)) {
                Set<String> actions = texts(statement.at("Action").items().stream());
                if (actions.stream().anyMatch(action -> action.startsWith("states:SendTask"))
                    && !id.equals("Wake")) {
                  findings.accept(
                      statement.finding(
                          RULE, "only Wake may answer task tokens, not `%s`".formatted(id)));
                }
                if (actions.contains("secretsmanager:GetSecretValue")) {
                  granted.addAll(systems(statement.at("Resource"), findings));
                }
              }
              compare(id, function, needed.getOrDefault(id, Set.of()), granted, findings);
            });
  }

  /** The credentials that the gates' looks at elements read. */
  private static Set<String> lookedAt(Project project) {
    return project.checklists().stream()
        .map(
            checklist ->
                secrets(
                    checklist,
                    checklist.elements().stream()
                        .filter(element -> element.at().at("looks").exists())
                        .flatMap(
                            element ->
                                Stream.concat(
                                    element.isCredential()
                                        ? Stream.of(element.at().at("id"))
                                        : Stream.empty(),
                                    element.at().at("credentials").items().stream()))))
        .reduce(Set.of(), GrantsRule::union);
  }

  /** The secrets of these systems; of a credential with instances, those of all. */
  private static Set<String> secrets(ChecklistFile checklist, Stream<LocatedNode> systems) {
    Set<String> perInstance =
        checklist.elements().stream()
            .filter(element -> element.isCredential() && element.at().at("per").exists())
            .map(ChecklistFile.Element::id)
            .collect(Collectors.toSet());
    return texts(systems).stream()
        .map(system -> perInstance.contains(system) ? system + "@*" : system)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<LocatedNode> inline(LocatedNode policy) {
    // Also below Fn::If, which has the statements one level deeper.
    return policy.at("Fn::If").exists()
        ? policy.at("Fn::If").items().stream().flatMap(GrantsRule::inline)
        : policy.at("Statement").items().stream();
  }

  /** The statements of a function or of a state machine. */
  static List<LocatedNode> statements(LocatedNode holder) {
    return holder.at("Properties").at("Policies").items().stream()
        .flatMap(GrantsRule::inline)
        .toList();
  }

  private static Set<String> systems(LocatedNode resource, Consumer<LintFinding> findings) {
    Set<String> systems = new TreeSet<>();
    Stream<LocatedNode> arns =
        resource.node().isArray() ? resource.items().stream() : Stream.of(resource);
    arns.forEach(
        arn -> {
          Matcher secret = SECRET.matcher(arn.text("Fn::Sub"));
          if (secret.matches()) {
            systems.add(secret.group(1));
          } else {
            findings.accept(
                arn.finding(
                    RULE,
                    "must end with :secret:${SecretsPrefix}/*/<system>-??????, or <system>@*-?????? where the credential has instances"));
          }
        });
    return systems;
  }

  private static void compare(
      String id,
      LocatedNode function,
      Set<String> needed,
      Set<String> granted,
      Consumer<LintFinding> findings) {
    for (String system : needed) {
      if (!granted.contains(system)) {
        findings.accept(
            function.finding(
                RULE,
                "`%s` may not read the secret `%s` that its task names".formatted(id, system)));
      }
    }
    for (String system : granted) {
      if (!needed.contains(system)) {
        findings.accept(
            function.finding(
                RULE,
                "`%s` may read the secret `%s` that its task does not name".formatted(id, system)));
      }
    }
  }

  static Set<String> texts(Stream<LocatedNode> items) {
    return items
        .flatMap(item -> item.text().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
