package dev.slipway.report;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.ledger.TaskKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ids are called where people read: texts of handlers name tasks, sections and elements by
 * them.
 *
 * <pre>{@code
 * Titles.of(checklist).inWords("waits for products.deploy-stack@uat.nex.");
 * // waits for “Deploy the stack (uat, nex)”.
 * }</pre>
 */
public final class Titles {
  private static final Pattern QUOTED = Pattern.compile("`([^`]++)`");
  private static final Pattern ID =
      Pattern.compile(
          "(?<![\\w.-])[a-z][a-z0-9-]*+\\.[a-z][a-z0-9-]*+(?:@\\w[\\w-]*+(?:\\.\\w[\\w-]*+)*+)?");
  private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])([0-9a-f]{12})[0-9a-f]{28,}+");
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]++(?:[A-Z][a-z]++)++");
  private static final String CREDENTIAL = "credential:";

  private final Map<String, String> titles = new HashMap<>();

  /** Of elements that are given for each of several instances, how many names one of these has. */
  private final Map<String, Integer> parts = new HashMap<>();

  private Titles() {}

  /** Of nothing: ids stay as they are. */
  public static Titles none() {
    return new Titles();
  }

  /** The titles of a checklist. */
  public static Titles of(Checklist checklist) {
    Titles all = new Titles();
    for (Checklist.Section section : checklist.sections()) {
      all.titles.put(section.gate(), section.title());
      all.titles.put(section.resume(), section.title());
    }
    checklist
        .elements()
        .forEach(
            element -> {
              String id =
                  (element.kind() == Element.Kind.CREDENTIAL ? CREDENTIAL : "") + element.id();
              all.titles.put(id, element.title());
              if (element.per() != null) {
                all.parts.put(id, checklist.dimension(element.per()).of().size());
              }
            });
    checklist.tasks().forEach(task -> all.titles.put(task.id(), task.title()));
    return all;
  }

  /** The titles that a report tells. */
  static Titles of(Report report) {
    Titles all = new Titles();
    for (Report.SectionLine section : report.sections()) {
      all.titles.put(section.section() + ".gate", section.title());
      all.titles.put(section.section() + ".resume", section.title());
    }
    report.elements().forEach(line -> all.titles.put(plain(line.element()), line.title()));
    report.tasks().forEach(line -> all.titles.put(line.task(), line.title()));
    return all;
  }

  private static String plain(String id) {
    int at = id.indexOf('@');
    return at < 0 ? id : id.substring(0, at);
  }

  /** What an id is called; in plain words where no title is known. */
  String name(String id) {
    String known = titles.get(plain(id));
    return known != null
        ? TaskKey.named(known, id.substring(Math.min(id.length(), plain(id).length() + 1)))
        : id.startsWith(CREDENTIAL)
            ? "access data " + id.substring(CREDENTIAL.length())
            : spoken(id);
  }

  /**
   * The element or credential to which a problem points, as it is given: {@code
   * tenant-look@uat.acme} of {@code tenant-look@uat.acme.logo}.
   */
  public String given(String field) {
    int at = CREDENTIAL.length();
    at = field.startsWith(CREDENTIAL) ? at : 0;
    while (at < field.length() && "@./[".indexOf(field.charAt(at)) < 0) {
      at++;
    }
    if (at == field.length() || field.charAt(at) != '@') {
      return field.substring(0, at);
    }
    int names = parts.getOrDefault(field.substring(0, at), Integer.MAX_VALUE);
    for (at++; at < field.length() && "/[".indexOf(field.charAt(at)) < 0; at++) {
      if (field.charAt(at) == '.' && --names == 0) {
        break;
      }
    }
    return field.substring(0, at);
  }

  /** What a field is called: {@code mail-server.host} is {@code Mail server, host}. */
  public String field(String field) {
    if (titles.containsKey(plain(field)) && !parts.containsKey(plain(field))) {
      return name(field);
    }
    String given = given(field);
    String within =
        Stream.of(field.substring(given.length()).split("[./\\[\\]]+", -1))
            .filter(part -> !part.isEmpty())
            .map(Titles::spoken)
            .collect(Collectors.joining(", "));
    return within.isEmpty() ? name(given) : name(given) + ", " + within;
  }

  /** {@code create-zone} and {@code CreateZone} as {@code create zone}. */
  static String spoken(String id) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(id.charAt(i - 1))) {
        words.append(' ');
      }
      words.append(c == '-' || c == '_' ? ' ' : Character.toLowerCase(c));
    }
    return words.toString();
  }

  /**
   * A text with titles in the place of ids, and the beginnings of hashes. What stands in backticks
   * may be a field of an element, too; elsewhere that would be a host's name.
   */
  public String inWords(String text) {
    if (text == null) {
      return "";
    }
    String unquoted = replaced(QUOTED.matcher(text), 1, this::quoted);
    String named =
        replaced(
            ID.matcher(unquoted),
            0,
            id -> titles.containsKey(plain(id)) ? "“" + name(id) + "”" : id);
    return HASH.matcher(named).replaceAll("$1…");
  }

  private String quoted(String id) {
    return titles.containsKey(plain(id)) || titles.containsKey(plain(given(id)))
        ? "“" + field(id) + "”"
        : CAMEL_CASE.matcher(id).matches() ? "“" + spoken(id) + "”" : id;
  }

  private static String replaced(Matcher ids, int group, UnaryOperator<String> word) {
    return ids.replaceAll(found -> Matcher.quoteReplacement(word.apply(found.group(group))));
  }
}
