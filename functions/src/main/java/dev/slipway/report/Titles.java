package dev.slipway.report;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ids of a report are called: texts of handlers name tasks, sections and elements by them.
 *
 * <pre>{@code
 * Titles.of(report).inWords("waits for products.deploy-stack@uat.nex.");
 * // waits for “Deploy the stack (uat, nex)”.
 * }</pre>
 */
final class Titles {
  private static final Pattern QUOTED = Pattern.compile("`([^`]++)`");
  private static final Pattern ID =
      Pattern.compile(
          "(?<![\\w.-])[a-z][a-z0-9-]*+\\.[a-z][a-z0-9-]*+(?:@\\w[\\w-]*+(?:\\.\\w[\\w-]*+)*+)?");
  private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])([0-9a-f]{12})[0-9a-f]{28,}+");
  private static final String CREDENTIAL = "credential:";

  private final Map<String, String> titles = new HashMap<>();

  private Titles() {}

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

  /** A title with its instance, as people read it. */
  static String name(String title, String instance) {
    return instance.isEmpty() ? title : title + " (" + instance(instance) + ")";
  }

  /** {@code uat.acme} as {@code uat, acme}. */
  static String instance(String instance) {
    return instance.replace(".", ", ");
  }

  /** What an id is called; in plain words where no title is known. */
  String name(String id) {
    String known = titles.get(plain(id));
    return known != null
        ? name(known, id.substring(Math.min(id.length(), plain(id).length() + 1)))
        : id.startsWith(CREDENTIAL)
            ? "access data " + id.substring(CREDENTIAL.length())
            : spoken(id);
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

  /** A text with titles in the place of ids, and the beginnings of hashes. */
  String inWords(String text) {
    if (text == null) {
      return "";
    }
    String unquoted = replaced(QUOTED, text, 1);
    return HASH.matcher(replaced(ID, unquoted, 0)).replaceAll("$1…");
  }

  private String replaced(Pattern ids, String text, int group) {
    return ids.matcher(text)
        .replaceAll(
            found -> {
              String id = found.group(group);
              boolean isKnown = titles.containsKey(plain(id));
              return Matcher.quoteReplacement(isKnown ? "“" + name(id) + "”" : id);
            });
  }
}
