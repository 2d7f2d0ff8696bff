package dev.slipway.element;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.ElementFinding;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks and looks that checklists refer to, by name. */
public final class ElementChecks {
  private final Map<String, ElementCheck> checks;
  private final Map<String, ElementLook> looks;

  /** These. */
  public ElementChecks(List<ElementCheck> checks, List<ElementLook> looks) {
    this.checks =
        checks.stream().collect(Collectors.toMap(ElementCheck::name, Function.identity()));
    this.looks = looks.stream().collect(Collectors.toMap(ElementLook::name, Function.identity()));
  }

  /** Those of every {@link CheckProvider} of this artifact, whichever thread asks. */
  public static ElementChecks all(FunctionContext context) {
    List<CheckProvider> providers =
        ServiceLoader.load(CheckProvider.class, CheckProvider.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return new ElementChecks(
        providers.stream().flatMap(each -> each.checks().stream()).toList(),
        providers.stream().flatMap(each -> each.looks(context).stream()).toList());
  }

  /** An element's pure checks. */
  public List<ElementCheck> checks(Element element) {
    return element.checks().stream().map(name -> known(checks, name, element)).toList();
  }

  /** An element's looks. */
  public List<ElementLook> looks(Element element) {
    return element.looks().stream().map(name -> known(looks, name, element)).toList();
  }

  private static <T> T known(Map<String, T> all, String name, Element element) {
    T known = all.get(name);
    if (known == null) {
      throw new IllegalStateException(element.id() + ": there is no check " + name);
    }
    return known;
  }

  /**
   * The checks and looks that a checklist names and that do not exist, as {@code element: Name}.
   */
  public List<String> unknown(Checklist checklist) {
    return checklist
        .elements()
        .flatMap(
            element ->
                Stream.concat(
                        element.checks().stream().filter(name -> !checks.containsKey(name)),
                        element.looks().stream().filter(name -> !looks.containsKey(name)))
                    .map(name -> element.id() + ": " + name))
        .toList();
  }

  /** The names of the checks. */
  public Set<String> checkNames() {
    return new TreeSet<>(checks.keySet());
  }

  /** The names of the looks. */
  public Set<String> lookNames() {
    return new TreeSet<>(looks.keySet());
  }

  /** The findings of the pure checks. */
  public List<ElementFinding> check(CheckSubject subject) {
    return checks(subject.element()).stream()
        .flatMap(check -> check.check(subject).stream())
        .toList();
  }

  /** The names of an element's checks and looks with their versions. */
  public String versions(Element element) {
    return Stream.concat(
            checks(element).stream().map(check -> check.name() + "/" + check.version()),
            looks(element).stream().map(look -> look.name() + "/" + look.version()))
        .collect(Collectors.joining(" "));
  }
}
