package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says a rule of a checklist as people read it. It reads what rules are made of: paths of elements,
 * comparisons, {@code in}, {@code and}, {@code or}, {@code $not}, {@code $exists} and the fact that
 * an instance has ({@code $lookup}). Any other rule stays as it stands.
 *
 * <pre>{@code
 * RuleWords.of(checklist).say("activities.backuper and `backup-storage`.protocol = 's3'");
 * // “Activities wanted, Backuper” is chosen and “Backup storage, Protocol” is “S3”
 * }</pre>
 */
public final class RuleWords {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s++|`(?<quoted>[^`]++)`|(?<name>[A-Za-z][\\w-]*+)|(?<call>\\$\\w++)"
              + "|'(?<single>[^']*+)'|\"(?<text>[^\"]*+)\"|(?<mark>!=|[=.*()\\[\\],])");

  private final Names names;

  /**
   * @param names what the parts of a rule are called
   */
  public RuleWords(Names names) {
    this.names = names;
  }

  /** By the titles of a checklist. */
  public static RuleWords of(Checklist checklist) {
    return new RuleWords(new Titles(checklist));
  }

  /**
   * A value of a field as people read it: chosen or not, or its label in quotes.
   *
   * @param schema the field's
   * @param literal a text of it, or {@code true} and {@code false}
   */
  public static String choice(JsonNode schema, String literal) {
    return switch (literal) {
      case "true" -> "chosen";
      case "false" -> "not chosen";
      default -> "“" + schema.path("x-slipway-labels").path(literal).asText(literal) + "”";
    };
  }

  /** What the parts of a rule are called. */
  public interface Names {
    /**
     * A value that a rule speaks of.
     *
     * @param path the element's id and the names of fields; {@code *} is each of several, {@code
     *     $application} the one at whose place the rule is asked for
     */
    String path(List<String> path);

    /**
     * A value that it is compared with.
     *
     * @param path what is compared
     * @param literal {@code true} and {@code false} without quotes
     */
    String value(List<String> path, String literal);
  }

  /** A rule in words, without a full stop. */
  public String say(String rule) {
    return Optional.ofNullable(tokens(rule))
        .flatMap(tokens -> new Reader(tokens).whole())
        .map(part -> part.say(true))
        .orElse(rule);
  }

  private record Token(String kind, String text) {
    boolean is(String mark) {
      return kind.equals("mark") && text.equals(mark);
    }

    boolean isWord(String word) {
      return kind.equals("name") && text.equals(word);
    }
  }

  /** Null if there are others than rules are made of. */
  private static List<Token> tokens(String rule) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(rule);
    int at = 0;
    while (at < rule.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return null;
      }
      for (String kind : List.of("quoted", "name", "call", "single", "text", "mark")) {
        if (matcher.group(kind) != null) {
          tokens.add(new Token(kind, matcher.group(kind)));
        }
      }
      at = matcher.end();
    }
    return tokens;
  }

  /** A part of a rule, which can be said to hold or not to hold. */
  private interface Part {
    String say(boolean holds);
  }

  private record Joined(String word, List<Part> parts) implements Part {
    @Override
    public String say(boolean holds) {
      return parts.stream()
          .map(part -> (needsEither(part, holds) ? "either " : "") + part.say(holds))
          .collect(Collectors.joining(" " + joint(holds) + " "));
    }

    private String joint(boolean holds) {
      return holds == word.equals("and") ? "and" : "or";
    }

    private boolean needsEither(Part part, boolean holds) {
      return part instanceof Joined inner
          && joint(holds).equals("and")
          && inner.joint(holds).equals("or");
    }
  }

  /** What is compared: a path, or a literal. */
  private record Operand(List<String> path, List<String> literals) {
    boolean isPath() {
      return literals.isEmpty();
    }
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super(null, null, false, false);
    }
  }

  private final class Reader {
    private final List<Token> tokens;
    private int at;

    Reader(List<Token> tokens) {
      this.tokens = tokens;
    }

    Optional<Part> whole() {
      try {
        Part part = joined("or");
        return at == tokens.size() ? Optional.of(part) : Optional.empty();
      } catch (Unreadable e) {
        return Optional.empty();
      }
    }

    private Part joined(String word) {
      List<Part> parts = new ArrayList<>();
      do {
        parts.add(word.equals("or") ? joined("and") : part());
      } while (takes(at < tokens.size() && tokens.get(at).isWord(word)));
      return parts.size() == 1 ? parts.getFirst() : new Joined(word, parts);
    }

    private Part part() {
      if (takesMark("(")) {
        Part part = joined("or");
        expect(")");
        return part;
      }
      if (takesCall("$not")) {
        expect("(");
        Part part = joined("or");
        expect(")");
        return holds -> part.say(!holds);
      }
      if (takesCall("$exists")) {
        expect("(");
        List<String> path = operand().path();
        expect(")");
        return holds -> names.path(path) + (holds ? " is given" : " is not given");
      }
      return compared();
    }

    private Part compared() {
      Operand left = operand();
      boolean isEqual = takesMark("=");
      if (isEqual || takesMark("!=")) {
        return comparison(left.path(), operand().literals(), isEqual);
      }
      if (takes(at < tokens.size() && tokens.get(at).isWord("in"))) {
        Operand right = operand();
        return left.isPath()
            ? comparison(left.path(), right.literals(), true)
            : comparison(right.path(), left.literals(), true);
      }
      return comparison(left.path(), List.of("true"), true);
    }

    private Part comparison(List<String> path, List<String> literals, boolean isEqual) {
      if (path.isEmpty() || literals.isEmpty()) {
        throw new Unreadable();
      }
      String values =
          literals.stream()
              .map(each -> names.value(path, each))
              .collect(Collectors.joining(" or "));
      return holds -> {
        String words = names.path(path) + (holds == isEqual ? " is " : " is not ") + values;
        return words.replace(" is not not ", " is ");
      };
    }

    private Operand operand() {
      Token token = next();
      return switch (token.kind()) {
        case "single", "text" -> new Operand(List.of(), List.of(token.text()));
        case "quoted" -> new Operand(path(token.text()), List.of());
        case "name" ->
            List.of("true", "false").contains(token.text())
                ? new Operand(List.of(), List.of(token.text()))
                : new Operand(path(token.text()), List.of());
        case "call" -> call(token.text());
        default -> list(token);
      };
    }

    private Operand call(String name) {
      if (!name.equals("$lookup")) {
        return new Operand(path(name), List.of());
      }
      expect("(");
      List<String> path = new ArrayList<>(operand().path());
      expect(",");
      List<String> which = operand().path();
      expect(")");
      if (which.isEmpty()) {
        throw new Unreadable();
      }
      path.addAll(path(which.getFirst()));
      return new Operand(path, List.of());
    }

    private Operand list(Token begin) {
      if (!begin.is("[")) {
        throw new Unreadable();
      }
      List<String> literals = new ArrayList<>();
      do {
        literals.addAll(operand().literals());
      } while (takesMark(","));
      expect("]");
      return new Operand(List.of(), literals);
    }

    private List<String> path(String first) {
      List<String> path = new ArrayList<>(List.of(first));
      while (takesMark(".")) {
        path.add(next().text());
      }
      return path;
    }

    private Token next() {
      if (at == tokens.size()) {
        throw new Unreadable();
      }
      return tokens.get(at++);
    }

    private boolean takes(boolean isThere) {
      at += isThere ? 1 : 0;
      return isThere;
    }

    private boolean takesMark(String mark) {
      return takes(at < tokens.size() && tokens.get(at).is(mark));
    }

    private boolean takesCall(String name) {
      return takes(at < tokens.size() && tokens.get(at).equals(new Token("call", name)));
    }

    private void expect(String mark) {
      if (!takesMark(mark)) {
        throw new Unreadable();
      }
    }
  }

  /** The titles of elements and their fields, and the labels of values. */
  private record Titles(Checklist checklist) implements Names {
    @Override
    public String path(List<String> path) {
      if (path.getFirst().startsWith("$")) {
        return "the " + path.getFirst().substring(1);
      }
      List<String> words = new ArrayList<>();
      words.add(
          checklist.element(path.getFirst()).map(Element::title).orElse(spoken(path.getFirst())));
      JsonNode schema = schema(path.getFirst());
      for (String name : path.subList(1, path.size())) {
        schema = within(schema, name);
        if (!isPlace(name)) {
          words.add(schema.path("title").asText(spoken(name)));
        }
      }
      return path.stream()
          .filter(Titles::isPlace)
          .findFirst()
          .map(name -> name.equals("*") ? "one of them" : "the " + name.substring(1))
          .map(whose -> "“" + String.join(", ", words) + "” of " + whose)
          .orElseGet(() -> "“" + String.join(", ", words) + "”");
    }

    @Override
    public String value(List<String> path, String literal) {
      JsonNode schema = schema(path.getFirst());
      for (String name : path.subList(1, path.size())) {
        schema = within(schema, name);
      }
      return choice(schema, literal);
    }

    private static boolean isPlace(String name) {
      return name.equals("*") || name.startsWith("$");
    }

    private JsonNode schema(String element) {
      return checklist.element(element).map(Element::schema).orElseGet(MissingNode::getInstance);
    }

    private static JsonNode within(JsonNode schema, String name) {
      JsonNode field = schema.path("properties").path(name);
      JsonNode each = schema.path("additionalProperties");
      return !field.isMissingNode() ? field : each.isObject() ? each : schema.path("items");
    }

    private static String spoken(String name) {
      String words =
          name.replaceAll("([a-z\\d])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
  }
}
