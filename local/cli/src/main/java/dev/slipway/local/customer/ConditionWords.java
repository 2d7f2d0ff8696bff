package dev.slipway.local.customer;

import java.util.regex.Pattern;

/**
 * A checklist's condition in words: {@code activities.monitoring} is told as {@code
 * activities.monitoring is true}. A rule that is more than comparisons is told as it stands.
 */
record ConditionWords(String condition) {
  private static final String NAME = "[A-Za-z][A-Za-z0-9.-]*";
  private static final Pattern PLAIN = Pattern.compile(NAME);
  private static final Pattern COMPARED =
      Pattern.compile("(" + NAME + ") (=|!=) ('[^']*'|\"[^\"]*\"|[\\w.]+)");
  private static final Pattern ONE_OF = Pattern.compile("(" + NAME + ") in \\[([^\\]]*)\\]");
  private static final Pattern NOT = Pattern.compile("\\$not\\((" + NAME + ") = (.*)\\)");
  private static final Pattern THERE = Pattern.compile("\\$exists\\((" + NAME + ")\\)");

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    String plain = condition.strip().replace("`", "");
    for (String part : plain.split("(?<= and | or )|(?= and | or )", -1)) {
      String word = part.strip();
      words.append(word.equals("and") || word.equals("or") ? " " + word + " " : comparison(word));
    }
    return words.toString();
  }

  private static String comparison(String part) {
    if (PLAIN.matcher(part).matches()) {
      return part + " is true";
    }
    var compared = COMPARED.matcher(part);
    if (compared.matches()) {
      return "%s is%s %s"
          .formatted(
              compared.group(1),
              compared.group(2).equals("=") ? "" : " not",
              unquoted(compared.group(3)));
    }
    var oneOf = ONE_OF.matcher(part);
    if (oneOf.matches()) {
      return oneOf.group(1) + " is one of " + unquoted(oneOf.group(2));
    }
    var not = NOT.matcher(part);
    if (not.matches()) {
      return not.group(1) + " is not " + unquoted(not.group(2));
    }
    var there = THERE.matcher(part);
    return there.matches() ? there.group(1) + " is given" : part;
  }

  private static String unquoted(String value) {
    return value.replaceAll("['\"]", "");
  }
}
