package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Pointers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a body that is an object. All errors are gathered and told at once, by {@link
 * #complete()}; until then a field that is wrong reads as empty.
 */
final class Fields {
  /** Anything that could forge a line of a log or of a report. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private final JsonNode body;
  private final Set<String> known = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * The fields of a body.
   *
   * @throws Refusal 422 if it is no object
   */
  Fields(JsonNode body) {
    if (!body.isObject()) {
      throw Refusal.of(422, "body.not-an-object", "The body must be a JSON object.").at("body");
    }
    this.body = body;
  }

  /** A text that must be there, of 1 to {@code longest} characters besides blanks around it. */
  String text(String name, int longest) {
    JsonNode value = field(name);
    if (value == null || value.isNull()) {
      errors.add(new FieldError("/" + name, "required", "must be given"));
      return "";
    }
    if (!value.isTextual()) {
      errors.add(new FieldError("/" + name, "type", "must be a text"));
      return "";
    }
    String text = value.textValue().strip();
    if (text.isEmpty()) {
      errors.add(new FieldError("/" + name, "required", "must not be blank"));
    } else if (text.length() > longest) {
      errors.add(
          new FieldError("/" + name, "length", "may have " + longest + " characters at most"));
    } else if (CONTROL.matcher(text).find()) {
      errors.add(new FieldError("/" + name, "characters", "must not have control characters"));
    }
    return text;
  }

  /** A text that may be left out; if it is there, it has to be as {@link #text} wants it. */
  Optional<String> optionalText(String name, int longest) {
    return field(name) == null ? Optional.empty() : Optional.of(text(name, longest));
  }

  /** One of the values of an enumeration, in lower case with hyphens. */
  <E extends Enum<E>> E choice(String name, E first, List<E> values) {
    String text = text(name, 100);
    for (E value : values) {
      if (word(value).equals(text)) {
        return value;
      }
    }
    if (!text.isEmpty()) {
      errors.add(
          new FieldError(
              "/" + name,
              "choice",
              "must be one of " + String.join(", ", values.stream().map(Fields::word).toList())));
    }
    return first;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True or false; false if it is left out. */
  boolean flag(String name) {
    JsonNode value = field(name);
    if (value != null && !value.isBoolean()) {
      errors.add(new FieldError("/" + name, "type", "must be true or false"));
    }
    return value != null && value.asBoolean();
  }

  /** A whole number from a range; the smallest if it is wrong. */
  int number(String name, int smallest, int largest) {
    JsonNode value = field(name);
    if (value == null || !value.isInt() || value.asInt() < smallest || value.asInt() > largest) {
      errors.add(
          new FieldError(
              "/" + name,
              value == null ? "required" : "range",
              "must be a whole number from " + smallest + " to " + largest));
      return smallest;
    }
    return value.asInt();
  }

  /** One to {@code most} texts, none of them twice; empty if they are left out, or wrong. */
  List<String> optionalTexts(String name, int most, int longest) {
    JsonNode value = field(name);
    if (value == null) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    value.forEach(each -> texts.add(each.isTextual() ? each.textValue() : ""));
    boolean fit =
        value.isArray()
            && texts.size() == value.size()
            && !texts.isEmpty()
            && texts.size() <= most
            && texts.stream().allMatch(each -> !each.isEmpty() && each.length() <= longest);
    if (!fit) {
      errors.add(
          new FieldError(
              "/" + name, "texts", "must be a list of 1 to " + most + " texts, each once"));
    }
    return fit ? List.copyOf(texts) : List.of();
  }

  /** An object that may be left out. */
  Optional<JsonNode> object(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      errors.add(new FieldError("/" + name, "type", "must be an object"));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private JsonNode field(String name) {
    known.add(name);
    return body.get(name);
  }

  /**
   * Ends the reading.
   *
   * @throws Refusal 422 with every error found, unknown fields among them
   */
  void complete() {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                errors.add(
                    new FieldError(
                        "/" + Pointers.escape(name),
                        "unknown",
                        "is no field of this request; there are "
                            + String.join(", ", known.stream().sorted().toList())));
              }
            });
    if (!errors.isEmpty()) {
      FieldError first = errors.getFirst();
      throw Refusal.of(
              422, "body.invalid", "`" + first.field().substring(1) + "` " + first.message() + ".")
          .at(first.field().substring(1))
          .errors(errors);
    }
  }
}
