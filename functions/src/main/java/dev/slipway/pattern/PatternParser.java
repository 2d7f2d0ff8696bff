package dev.slipway.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a pattern as ECMA-262 (22.2.1) writes it; without the flag {@code u} also what its Annex B
 * (B.1.2) tolerates for the web's sake.
 */
final class PatternParser {
  /** The parser calls itself once a parenthesis. */
  private static final int DEEPEST = 200;

  private static final int LARGEST_COUNT = 1_000_000_000;
  private static final String SYNTAX = "^$\\.*+?()[]{}|/";

  private final String source;
  private final Flags flags;
  private final LetterCase letters;
  private final int groups;
  private final boolean namesGroups;
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final List<String> namesUsed = new ArrayList<>();
  private int at;
  private int group;
  private int depth;

  PatternParser(String source, Flags flags) {
    this.source = source;
    this.flags = flags;
    this.letters = flags.ignoreCase() ? LetterCase.of(flags.unicode()) : null;
    boolean named = false;
    int count = 0;
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '(' && !inClass) {
        boolean name = opensName(i + 1);
        named |= name;
        count += name || !source.startsWith("?", i + 1) ? 1 : 0;
      }
    }
    this.groups = count;
    this.namesGroups = named;
  }

  /**
   * The whole pattern.
   *
   * @throws PatternSyntaxException if it is none
   */
  Node parse() {
    Node pattern = choice();
    if (at < source.length()) {
      throw wrong("Unmatched )");
    }
    for (String name : namesUsed) {
      if (!names.containsKey(name)) {
        throw wrong("There is no group named " + name);
      }
    }
    return pattern;
  }

  int groups() {
    return groups;
  }

  Map<String, Integer> names() {
    return names;
  }

  LetterCase letters() {
    return letters;
  }

  private Node choice() {
    if (++depth > DEEPEST) {
      throw wrong("More than " + DEEPEST + " groups within each other");
    }
    List<Node> options = new ArrayList<>();
    do {
      options.add(sequence());
    } while (eat('|'));
    depth--;
    return options.size() == 1 ? options.getFirst() : new Node.Choice(options);
  }

  private Node sequence() {
    List<Node> parts = new ArrayList<>();
    while (at < source.length() && !is('|') && !is(')')) {
      parts.add(term());
    }
    return switch (parts.size()) {
      case 0 -> new Node.Empty();
      case 1 -> parts.getFirst();
      default -> new Node.Sequence(parts);
    };
  }

  private Node term() {
    int firstGroup = group + 1;
    boolean looksAhead = source.startsWith("(?=", at) || source.startsWith("(?!", at);
    boolean looks = looksAhead || source.startsWith("(?<=", at) || source.startsWith("(?<!", at);
    Node atom = atom();
    boolean repeatable =
        looks ? looksAhead && !flags.unicode() : !(atom instanceof Node.Place) || closesGroup();
    int[] counts = counts();
    if (counts == null) {
      return atom;
    }
    if (!repeatable) {
      throw wrong("Nothing to repeat");
    }
    boolean greedy = !eat('?');
    return new Node.Repeat(atom, counts[0], counts[1], greedy, firstGroup, group + 1);
  }

  /** Whether what was read last is a parenthesis. */
  private boolean closesGroup() {
    return source.charAt(at - 1) == ')';
  }

  /** Least and most, null if no quantifier stands here. */
  private int[] counts() {
    if (eat('*')) {
      return new int[] {0, -1};
    }
    if (eat('+')) {
      return new int[] {1, -1};
    }
    if (eat('?')) {
      return new int[] {0, 1};
    }
    if (!is('{')) {
      return null;
    }
    int start = at;
    at++;
    int least = number();
    int most = least;
    if (least >= 0 && eat(',')) {
      most = number();
    }
    if (least < 0 || !eat('}')) {
      if (flags.unicode()) {
        throw wrong("Incomplete quantifier");
      }
      at = start;
      return null;
    }
    if (most >= 0 && most < least) {
      throw wrong("Numbers out of order in a quantifier");
    }
    return new int[] {least, most};
  }

  /** Digits; -1 if there are none. */
  private int number() {
    long number = -1;
    while (at < source.length() && CharacterSet.DIGITS.contains(source.charAt(at))) {
      number = Math.min(LARGEST_COUNT, Math.max(0, number) * 10 + source.charAt(at) - '0');
      at++;
    }
    return (int) number;
  }

  private Node atom() {
    char c = source.charAt(at);
    switch (c) {
      case '^' -> {
        at++;
        return flags.multiline() ? Node.Place.LINE_START : Node.Place.START;
      }
      case '$' -> {
        at++;
        return flags.multiline() ? Node.Place.LINE_END : Node.Place.END;
      }
      case '.' -> {
        at++;
        return new Node.One(
            flags.dotAll() ? new CharacterSet(any -> true) : CharacterSet.LINE_ENDS.negated());
      }
      case '(' -> {
        at++;
        return parenthesis();
      }
      case '[' -> {
        at++;
        return characterClass();
      }
      case '\\' -> {
        at++;
        return escape();
      }
      case '*', '+', '?' -> throw wrong("Nothing to repeat");
      case '{' -> {
        if (flags.unicode() || counts() != null) {
          throw wrong("Nothing to repeat");
        }
      }
      case ']', '}' -> {
        if (flags.unicode()) {
          throw wrong("A lone " + c);
        }
      }
      default -> {}
    }
    return one(next());
  }

  private Node parenthesis() {
    if (!eat('?')) {
      return closed(new Node.Group(++group, choice()));
    }
    if (eat(':')) {
      return closed(choice());
    }
    if (eat('=')) {
      return closed(new Node.Look(choice(), true, false));
    }
    if (eat('!')) {
      return closed(new Node.Look(choice(), true, true));
    }
    if (eat("<=")) {
      return closed(new Node.Look(choice(), false, false));
    }
    if (eat("<!")) {
      return closed(new Node.Look(choice(), false, true));
    }
    if (!eat('<')) {
      throw wrong("An unknown kind of group");
    }
    String name = name();
    if (names.putIfAbsent(name, ++group) != null) {
      throw wrong("Two groups named " + name);
    }
    return closed(new Node.Group(group, choice()));
  }

  private Node closed(Node node) {
    if (!eat(')')) {
      throw wrong("Unterminated group");
    }
    return node;
  }

  /** A group's name with its closing bracket. */
  private String name() {
    int end = source.indexOf('>', at);
    String name = end < 0 ? "" : source.substring(at, end);
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int c = name.codePointAt(i);
      valid &=
          i == 0
              ? c == '$' || c == '_' || Character.isUnicodeIdentifierStart(c)
              : c == '$'
                  || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
    if (!valid) {
      throw wrong("Invalid name of a group");
    }
    at = end + 1;
    return name;
  }

  private boolean opensName(int from) {
    return source.startsWith("?<", from)
        && !source.startsWith("?<=", from)
        && !source.startsWith("?<!", from);
  }

  /** The escape that a backslash outside of a class begins. */
  private Node escape() {
    if (at == source.length()) {
      throw wrong("\\ at the end of the pattern");
    }
    char c = source.charAt(at);
    if (eat('b')) {
      return Node.Place.WORD_EDGE;
    }
    if (eat('B')) {
      return Node.Place.NO_WORD_EDGE;
    }
    if (c == 'k' && (flags.unicode() || namesGroups)) {
      at++;
      if (!eat('<')) {
        throw wrong("Invalid named reference");
      }
      String name = name();
      namesUsed.add(name);
      return new Node.BackReference(numberOf(name));
    }
    if (c >= '1' && c <= '9') {
      int start = at;
      int number = number();
      if (number <= groups) {
        return new Node.BackReference(number);
      }
      if (flags.unicode()) {
        throw wrong("There is no group " + number);
      }
      at = start;
    }
    CharacterSet set = setEscape();
    return set == null ? one(characterEscape(false)) : new Node.One(inAnyCase(set));
  }

  /** The number of a named group, which may stand further on in the pattern; 0 if there is none. */
  private int numberOf(String name) {
    int number = 0;
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '(' && !inClass && (opensName(i + 1) || !source.startsWith("?", i + 1))) {
        number++;
        if (source.startsWith("?<" + name + ">", i + 1)) {
          return number;
        }
      }
    }
    return 0;
  }

  /** {@code \d} and its like; null if another escape stands here. */
  private CharacterSet setEscape() {
    CharacterSet set =
        switch (source.charAt(at)) {
          case 'd' -> CharacterSet.DIGITS;
          case 'D' -> CharacterSet.DIGITS.negated();
          case 's' -> CharacterSet.SPACES;
          case 'S' -> CharacterSet.SPACES.negated();
          case 'w' -> word();
          case 'W' -> word().negated();
          default -> null;
        };
    if (set != null) {
      at++;
      return set;
    }
    boolean not = is('P');
    if (!flags.unicode() || !(not || is('p'))) {
      return null;
    }
    int end = source.indexOf('}', at);
    if (!source.startsWith("{", at + 1) || end < 0) {
      throw wrong("Invalid property name");
    }
    CharacterSet property = UnicodeProperty.named(source.substring(at + 2, end));
    if (property == null) {
      throw wrong("Invalid property name");
    }
    at = end + 1;
    return not ? property.negated() : property;
  }

  private CharacterSet word() {
    return letters != null && flags.unicode()
        ? CharacterSet.WORD.inAnyCase(letters)
        : CharacterSet.WORD;
  }

  /** A single character after a backslash. */
  private int characterEscape(boolean inClass) {
    int c = next();
    switch (c) {
      case 't' -> {
        return '\t';
      }
      case 'n' -> {
        return '\n';
      }
      case 'v' -> {
        return 0x0b;
      }
      case 'f' -> {
        return '\f';
      }
      case 'r' -> {
        return '\r';
      }
      case 'c' -> {
        return control(inClass);
      }
      case 'x' -> {
        int code = hex(2);
        return code >= 0 ? code : identity(c);
      }
      case 'u' -> {
        int code = unicodeEscape();
        return code >= 0 ? code : identity(c);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return octal(c);
      }
      case '-' -> {
        return inClass ? c : identity(c);
      }
      default -> {
        return identity(c);
      }
    }
  }

  private int identity(int c) {
    boolean permitted = flags.unicode() ? SYNTAX.indexOf(c) >= 0 : c != 'k' || !namesGroups;
    if (!permitted) {
      throw wrong("Invalid escape");
    }
    return c;
  }

  private int control(boolean inClass) {
    if (at < source.length()) {
      char c = source.charAt(at);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (inClass && !flags.unicode() && CharacterSet.WORD.contains(c))) {
        at++;
        return c % 32;
      }
    }
    if (flags.unicode()) {
      throw wrong("Invalid escape");
    }
    at--;
    return '\\';
  }

  /** {@code \0}, and the octal numbers of old. */
  private int octal(int first) {
    boolean digitFollows = at < source.length() && CharacterSet.DIGITS.contains(source.charAt(at));
    if (flags.unicode()) {
      if (first != '0' || digitFollows) {
        throw wrong("Invalid escape");
      }
      return 0;
    }
    int value = first - '0';
    int most = first <= '3' ? 2 : 1;
    for (int i = 0; i < most && at < source.length(); i++) {
      int digit = source.charAt(at) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      value = value * 8 + digit;
      at++;
    }
    return value;
  }

  /** The number after an escape of Unicode begins; -1 if none follows. */
  private int unicodeEscape() {
    if (flags.unicode() && eat('{')) {
      int end = source.indexOf('}', at);
      int code = end < 0 ? -1 : hexNumber(source.substring(at, end));
      if (code < 0) {
        throw wrong("Invalid escape");
      }
      at = end + 1;
      return code;
    }
    int code = hex(4);
    if (flags.unicode()
        && code >= 0
        && Character.isHighSurrogate((char) code)
        && source.startsWith("\\u", at)) {
      int start = at;
      at += 2;
      int low = hex(4);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) code, (char) low);
      }
      at = start;
    }
    return code;
  }

  private int hex(int digits) {
    if (at + digits > source.length()) {
      return -1;
    }
    int code = hexNumber(source.substring(at, at + digits));
    if (code >= 0) {
      at += digits;
    }
    return code;
  }

  private static int hexNumber(String digits) {
    int value = digits.isEmpty() ? -1 : 0;
    for (int i = 0; i < digits.length() && value >= 0; i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      value = digit < 0 ? -1 : value * 16 + digit;
      if (value > Character.MAX_CODE_POINT) {
        return -1;
      }
    }
    return value;
  }

  private Node characterClass() {
    boolean not = eat('^');
    List<CharacterSet> parts = new ArrayList<>();
    while (!eat(']')) {
      ClassAtom first = classAtom();
      if (!is('-') || source.startsWith("]", at + 1)) {
        parts.add(first.set());
        continue;
      }
      at++;
      ClassAtom last = classAtom();
      if (first.character() >= 0 && last.character() >= 0) {
        if (first.character() > last.character()) {
          throw wrong("Range out of order in a character class");
        }
        parts.add(CharacterSet.range(first.character(), last.character()));
      } else if (flags.unicode()) {
        throw wrong("Invalid character class");
      } else {
        parts.addAll(List.of(first.set(), CharacterSet.of('-'), last.set()));
      }
    }
    CharacterSet set = parts.size() == 1 ? parts.getFirst() : CharacterSet.union(parts);
    return new Node.One(not ? inAnyCase(set).negated() : inAnyCase(set));
  }

  /** A part of a class. The character is -1 if it is a set such as {@code \d}. */
  private record ClassAtom(int character, CharacterSet set) {}

  private ClassAtom classAtom() {
    if (at == source.length()) {
      throw wrong("Unterminated character class");
    }
    int character;
    if (!eat('\\')) {
      character = next();
    } else if (at == source.length()) {
      throw wrong("\\ at the end of the pattern");
    } else if (eat('b')) {
      character = '\b';
    } else {
      CharacterSet set = setEscape();
      if (set != null) {
        return new ClassAtom(-1, set);
      }
      character = characterEscape(true);
    }
    return new ClassAtom(character, CharacterSet.of(character));
  }

  private Node one(int character) {
    return new Node.One(inAnyCase(CharacterSet.of(character)));
  }

  private CharacterSet inAnyCase(CharacterSet set) {
    return letters == null ? set : set.inAnyCase(letters);
  }

  private int next() {
    if (at == source.length()) {
      throw wrong("The pattern ends too early");
    }
    int c = flags.unicode() ? source.codePointAt(at) : source.charAt(at);
    at += Character.charCount(c);
    return c;
  }

  private boolean is(char c) {
    return at < source.length() && source.charAt(at) == c;
  }

  private boolean eat(char c) {
    boolean there = is(c);
    at += there ? 1 : 0;
    return there;
  }

  private boolean eat(String text) {
    boolean there = source.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private PatternSyntaxException wrong(String what) {
    return new PatternSyntaxException(what, source, Math.min(at, source.length()));
  }
}
