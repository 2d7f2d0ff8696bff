package dev.slipway.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.People;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts aliases in the place of people, and people in the place of aliases, in any text. */
public final class Aliases {
  /** Fields with people's own words: there a first name alone means a person, too. */
  private static final Set<String> OWN_WORDS =
      Set.of("statement", "reason", "why", "detail", "answer");

  /** Of a name; shorter ones, and those that are a role's word, are nobody's alone. */
  private static final Pattern PART = Pattern.compile("\\p{Lu}[\\p{L}'-]{2,}+");

  private final Substitution hiding;
  private final Substitution hidingInOwnWords;
  private final Substitution revealing;

  private Aliases(Substitution hiding, Substitution hidingInOwnWords, Substitution revealing) {
    this.hiding = hiding;
    this.hidingInOwnWords = hidingInOwnWords;
    this.revealing = revealing;
  }

  /** Of these people, to put their names in the place of aliases. */
  public static Aliases of(People people) {
    return of(people, Set.of());
  }

  /**
   * Of these people.
   *
   * @param words in lower case, what is nobody's name if it stands alone
   */
  static Aliases of(People people, Set<String> words) {
    Map<String, String> aliases = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    for (People.Person person : people.people()) {
      person.known().forEach(text -> aliases.putIfAbsent(text, person.alias()));
      names.put(person.alias(), person.known().getFirst());
    }
    Map<String, String> parts = new HashMap<>(aliases);
    aliases.forEach(
        (text, alias) -> {
          for (String part : text.split("\\s+", -1)) {
            if (PART.matcher(part).matches() && !words.contains(part.toLowerCase(Locale.ROOT))) {
              parts.putIfAbsent(part, alias);
            }
          }
        });
    return new Aliases(Substitution.of(aliases), Substitution.of(parts), Substitution.of(names));
  }

  /** The same with every person by their alias. */
  public JsonNode hide(JsonNode value) {
    return hiding.in(value, hidingInOwnWords);
  }

  /** The same with every person by their alias. */
  public String hide(String text) {
    return text == null ? null : hiding.in(text);
  }

  /** The same with everybody's name in the place of the alias. */
  public JsonNode reveal(JsonNode value) {
    return revealing.in(value, revealing);
  }

  private record Substitution(TextReplacer words) {
    static Substitution of(Map<String, String> texts) {
      return new Substitution(TextReplacer.of(texts));
    }

    String in(String text) {
      return words.in(text);
    }

    JsonNode in(JsonNode value, Substitution ownWords) {
      return switch (value.getNodeType()) {
        case STRING -> TextNode.valueOf(in(value.textValue()));
        case ARRAY -> {
          ArrayNode copy = Json.MAPPER.createArrayNode();
          value.forEach(each -> copy.add(in(each, ownWords)));
          yield copy;
        }
        case OBJECT -> {
          ObjectNode copy = Json.MAPPER.createObjectNode();
          for (Map.Entry<String, JsonNode> field : value.properties()) {
            Substitution by = OWN_WORDS.contains(field.getKey()) ? ownWords : this;
            copy.set(in(field.getKey()), by.in(field.getValue(), ownWords));
          }
          yield copy;
        }
        default -> value;
      };
    }
  }
}
