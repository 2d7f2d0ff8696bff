package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a regular expression as ECMA-262 (22.2.1, and for web browsers B.1.2) has it without the
 * flag u.
 */
final class RegexParser {
  /** A part of an expression. */
  sealed interface Term {}

  record Single(CharSet set, boolean negated) implements Term {}

  record Literal(char c) implements Term {}

  record Sequence(List<Term> terms) implements Term {}

  record Choice(List<Term> alternatives) implements Term {}

  record Group(int number, Term body) implements Term {}

  record Reference(int group) implements Term {}

  record NamedReference(String name) implements Term {}

  record LineStart() implements Term {}

  record LineEnd() implements Term {}

  record WordBoundary(boolean negated) implements Term {}

  record Look(Term body, boolean ahead, boolean negated) implements Term {}

  /** Groups from {@code firstGroup} to before {@code endGroup} are within. */
  record Repeat(Term body, int least, int most, boolean greedy, int firstGroup, int endGroup)
      implements Term {}

  static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int DEEPEST = 200;
  private static final int LONGEST = 10_000;

  private final String source;
  private final int allGroups;
  private final List<String> names = new ArrayList<>();
  private int groups = 1;
  private int at;
  private int depth;

  RegexParser(String source) {
    this.source = source;
    if (source.length() > LONGEST) {
      throw error("longer than " + LONGEST + " characters");
    }
    this.allGroups = countGroups();
  }

  JsonataException error(String why) {
    return new JsonataException(null, "Invalid regular expression: /" + source + "/: " + why);
  }

  Term parse() {
    Term whole = disjunction();
    if (at < source.length()) {
      throw error("Unmatched ')'");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name != null && !seen.add(name)) {
        throw error("Duplicate capture group name");
      }
    }
    return whole;
  }

  /** Groups that capture, the whole match included. */
  int groups() {
    return groups;
  }

  int groupNamed(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw error("Invalid named capture referenced");
    }
    return index + 1;
  }

  private boolean hasNames;

  private int countGroups() {
    int count = 1;
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '(' -> {
          boolean named =
              source.startsWith("(?<", i)
                  && !source.startsWith("(?<=", i)
                  && !source.startsWith("(?<!", i);
          if (!inClass && (named || !source.startsWith("(?", i))) {
            count++;
            hasNames |= named;
          }
        }
        default -> {}
      }
    }
    return count;
  }

  private boolean more() {
    return at < source.length();
  }

  private char here() {
    return at < source.length() ? source.charAt(at) : '\0';
  }

  private boolean accept(String text) {
    if (!source.startsWith(text, at)) {
      return false;
    }
    at += text.length();
    return true;
  }

  private Term disjunction() {
    if (++depth > DEEPEST) {
      throw error("nested too deep");
    }
    List<Term> alternatives = new ArrayList<>();
    do {
      alternatives.add(alternative());
    } while (accept("|"));
    depth--;
    return alternatives.size() == 1 ? alternatives.getFirst() : new Choice(alternatives);
  }

  private Term alternative() {
    List<Term> terms = new ArrayList<>();
    while (more() && here() != '|' && here() != ')') {
      terms.add(term());
    }
    return terms.size() == 1 ? terms.getFirst() : new Sequence(terms);
  }

  private Term term() {
    int firstGroup = groups;
    char c = source.charAt(at);
    switch (c) {
      case '^' -> {
        at++;
        return new LineStart();
      }
      case '$' -> {
        at++;
        return new LineEnd();
      }
      case '*', '+', '?' -> throw error("Nothing to repeat");
      case '{' -> {
        if (braces() != null) {
          throw error("Nothing to repeat");
        }
      }
      default -> {}
    }
    if (source.startsWith("\\b", at) || source.startsWith("\\B", at)) {
      at += 2;
      return new WordBoundary(source.charAt(at - 1) == 'B');
    }
    if (source.startsWith("(?<=", at) || source.startsWith("(?<!", at)) {
      boolean negated = source.charAt(at + 3) == '!';
      at += 4;
      return look(false, negated);
    }
    return quantified(atom(c), firstGroup);
  }

  private Term look(boolean ahead, boolean negated) {
    Term body = disjunction();
    close();
    return new Look(body, ahead, negated);
  }

  private void close() {
    if (!accept(")")) {
      throw error("Unterminated group");
    }
  }

  private Term atom(char c) {
    return switch (c) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case '.' -> {
        at++;
        yield new Single(CharSet.LINE_ENDS, true);
      }
      default -> {
        at++;
        yield new Literal(c);
      }
    };
  }

  private Term group() {
    if (accept("(?=")) {
      return look(true, false);
    }
    if (accept("(?!")) {
      return look(true, true);
    }
    if (accept("(?:")) {
      Term body = disjunction();
      close();
      return body;
    }
    String name = null;
    if (accept("(?<")) {
      name = groupName();
    } else if (source.startsWith("(?", at)) {
      throw error("Invalid group");
    } else {
      at++;
    }
    int number = groups++;
    names.add(name);
    Term body = disjunction();
    close();
    return new Group(number, body);
  }

  private String groupName() {
    int end = source.indexOf('>', at);
    String name = end < 0 ? "" : source.substring(at, end);
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      valid &=
          c == '$'
              || c == '_'
              || (i == 0
                  ? Character.isUnicodeIdentifierStart(c)
                  : Character.isUnicodeIdentifierPart(c));
    }
    if (!valid) {
      throw error("Invalid capture group name");
    }
    at = end + 1;
    return name;
  }

  private Term quantified(Term atom, int firstGroup) {
    int least;
    int most;
    if (accept("*")) {
      least = 0;
      most = UNLIMITED;
    } else if (accept("+")) {
      least = 1;
      most = UNLIMITED;
    } else if (accept("?")) {
      least = 0;
      most = 1;
    } else {
      int[] braces = here() == '{' ? braces() : null;
      if (braces == null) {
        return atom;
      }
      least = braces[0];
      most = braces[1];
      at = braces[2];
      if (least > most) {
        throw error("numbers out of order in {} quantifier");
      }
    }
    boolean greedy = !accept("?");
    return new Repeat(atom, least, most, greedy, firstGroup, groups);
  }

  /** Least, most and where it ends; null if the brace at this place begins no quantifier. */
  private int[] braces() {
    int end = digits(at + 1);
    if (end == at + 1) {
      return null;
    }
    int least = number(at + 1, end);
    int most = least;
    if (end < source.length() && source.charAt(end) == ',') {
      int from = end + 1;
      end = digits(from);
      most = end == from ? UNLIMITED : number(from, end);
    }
    return end < source.length() && source.charAt(end) == '}'
        ? new int[] {least, most, end + 1}
        : null;
  }

  private int digits(int from) {
    int end = from;
    while (end < source.length() && source.charAt(end) >= '0' && source.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private int number(int from, int end) {
    long number = 0;
    for (int i = from; i < end; i++) {
      number = Math.min(UNLIMITED - 1L, number * 10 + source.charAt(i) - '0');
    }
    return (int) number;
  }

  private Term escape() {
    at++;
    if (!more()) {
      throw error("\\ at end of pattern");
    }
    char c = here();
    if (c >= '1' && c <= '9') {
      int end = digits(at);
      int group = number(at, end);
      if (group < allGroups) {
        at = end;
        return new Reference(group);
      }
    }
    if (c == 'k' && hasNames) {
      at++;
      if (!accept("<")) {
        throw error("Invalid named reference");
      }
      return new NamedReference(groupName());
    }
    CharSet set = classEscape(c);
    if (set != null) {
      at++;
      return new Single(set, false);
    }
    return new Literal(character(false));
  }

  private static CharSet classEscape(char c) {
    return switch (c) {
      case 'd' -> CharSet.DIGITS;
      case 'D' -> CharSet.DIGITS.negated();
      case 'w' -> CharSet.WORDS;
      case 'W' -> CharSet.WORDS.negated();
      case 's' -> CharSet.SPACES;
      case 'S' -> CharSet.SPACES.negated();
      default -> null;
    };
  }

  /** The character that an escape stands for; the backslash has been read. */
  private char character(boolean inClass) {
    char c = source.charAt(at++);
    return switch (c) {
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000B';
      case 'c' -> control(inClass);
      case 'x' -> hexadecimal(c, 2);
      case 'u' -> hexadecimal(c, 4);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
      default -> c;
    };
  }

  /** Up to three octal digits, as long as they are no more than 377. */
  private char octal(char first) {
    int value = first - '0';
    int most = first <= '3' ? 2 : 1;
    for (int i = 0; i < most && here() >= '0' && here() <= '7'; i++) {
      value = value * 8 + source.charAt(at++) - '0';
    }
    return (char) value;
  }

  private char control(boolean inClass) {
    char letter = here();
    boolean controls =
        (letter >= 'a' && letter <= 'z')
            || (letter >= 'A' && letter <= 'Z')
            || (inClass && (letter == '_' || (letter >= '0' && letter <= '9')));
    if (controls) {
      at++;
      return (char) (letter % 32);
    }
    // A backslash that escapes nothing is one; the letter is read again.
    at--;
    return '\\';
  }

  private char hexadecimal(char letter, int digits) {
    int end = at + digits;
    if (end > source.length()) {
      return letter;
    }
    int value = 0;
    for (int i = at; i < end; i++) {
      int digit = source.charAt(i) < 128 ? Character.digit(source.charAt(i), 16) : -1;
      if (digit < 0) {
        return letter;
      }
      value = value * 16 + digit;
    }
    at = end;
    return (char) value;
  }

  private Single characterClass() {
    at++;
    boolean negated = accept("^");
    List<CharSet> sets = new ArrayList<>();
    while (here() != ']' || !more()) {
      if (!more()) {
        throw error("Unterminated character class");
      }
      CharSet first = classAtom();
      if (here() == '-' && at + 1 < source.length() && source.charAt(at + 1) != ']') {
        at++;
        CharSet last = classAtom();
        sets.add(range(first, last));
      } else {
        sets.add(first);
      }
    }
    at++;
    return new Single(CharSet.union(sets), negated);
  }

  /** One end of a range that is no single character makes the hyphen one. */
  private CharSet range(CharSet first, CharSet last) {
    if (first.single() < 0 || last.single() < 0) {
      return CharSet.union(List.of(first, CharSet.of('-', '-'), last));
    }
    if (first.single() > last.single()) {
      throw error("Range out of order in character class");
    }
    return CharSet.of(first.single(), last.single());
  }

  private CharSet classAtom() {
    char c = source.charAt(at++);
    if (c != '\\') {
      return CharSet.of(c, c);
    }
    if (!more()) {
      throw error("\\ at end of pattern");
    }
    CharSet set = classEscape(here());
    if (set != null) {
      at++;
      return set;
    }
    if (accept("b")) {
      return CharSet.of('\b', '\b');
    }
    char escaped = character(true);
    return CharSet.of(escaped, escaped);
  }
}
