package dev.slipway.local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Fills a form in as a person does, who has a value of a profile before them. */
final class FormFiller {
  private static final Pattern NOT_IN_IDS = Pattern.compile("[^\\w]");
  private static final int MOST_RADIOS = 5;

  private final Browser browser;
  private final Path files;
  private final String prefix;

  /** The only form of a page; see below. */
  FormFiller(Browser browser, Path files) {
    this(browser, files, "");
  }

  /**
   * @param files where the files lie that the value names as {@code {"$file": path}}
   * @param prefix tells the forms of one page apart
   */
  FormFiller(Browser browser, Path files, String prefix) {
    this.browser = browser;
    this.files = files;
    this.prefix = prefix;
  }

  /** Fills in a value of a schema, from an empty form. */
  void fill(JsonNode schema, JsonNode value) {
    fill(schema, value, "");
  }

  private String id(String pointer) {
    return prefix
        + "f"
        + NOT_IN_IDS
            .matcher(pointer)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "-" + Integer.toHexString(found.group().charAt(0)) + "-"));
  }

  private void fill(JsonNode schema, JsonNode value, String pointer) {
    if (schema.has("const")) {
      return;
    }
    if (schema.has("oneOf")) {
      int form = form(schema.path("oneOf"), value);
      click(browser.all("input[name='" + id(pointer) + "']").get(form));
      fill(schema.path("oneOf").get(form), value, pointer);
      fields(schema, value, pointer);
    } else if (schema.has("properties")) {
      fields(schema, value, pointer);
    } else if (value.isObject() && !value.has("$file")) {
      map(schema, value, pointer);
    } else if (value.isArray()) {
      array(schema, value, pointer);
    } else if (value.isBoolean()) {
      if (value.asBoolean()) {
        click(element(pointer));
      }
    } else if (value.has("$file")) {
      String name = value.path("$file").asText();
      element(pointer).sendKeys(files.resolve(name).toString());
      browser.await(name + " to be handed over", () -> browser.has("was handed over"));
    } else if (schema.has("enum")) {
      choose(schema, value.asText(), pointer);
    } else if (schema.has("x-slipway-choices")) {
      option(value.asText(), pointer);
    } else if (schema.path("format").asText().equals("date")) {
      // How a date is typed depends on the browser's language.
      browser.script(
          "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))",
          element(pointer),
          value.asText());
    } else {
      element(pointer).sendKeys(value.asText());
    }
  }

  private void fields(JsonNode schema, JsonNode value, String pointer) {
    for (String name : names(schema)) {
      if (value.has(name)) {
        fill(schema.path("properties").path(name), value.path(name), pointer + "/" + name);
      }
    }
  }

  /** Names that people choose, each with a value. */
  private void map(JsonNode schema, JsonNode value, String pointer) {
    int index = 0;
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      add(pointer);
      String named = pointer + "/" + each.getKey();
      element(pointer + "/#" + index + "/#").sendKeys(each.getKey());
      fill(schema.path("additionalProperties"), each.getValue(), named);
      index++;
    }
  }

  private void add(String pointer) {
    click(browser.find("#" + id(pointer)).findElement(By.cssSelector(":scope > .add")));
  }

  private static List<String> names(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("x-slipway-order").forEach(name -> names.add(name.asText()));
    schema
        .path("properties")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                names.add(name);
              }
            });
    return names;
  }

  /** The form that a value is of. */
  private static int form(JsonNode forms, JsonNode value) {
    for (int i = 0; i < forms.size(); i++) {
      if (fits(forms.get(i), value)) {
        return i;
      }
    }
    throw new AssertionError("no form fits " + value);
  }

  private static boolean fits(JsonNode schema, JsonNode value) {
    if (schema.has("const")) {
      return schema.path("const").equals(value);
    }
    return switch (schema.path("type").asText("object")) {
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer", "number" -> value.isNumber();
      default -> value.isObject() && hasFields(schema, value);
    };
  }

  /** Whether an object has the needed fields, with the constants and no unlike choice. */
  private static boolean hasFields(JsonNode schema, JsonNode value) {
    for (JsonNode needed : schema.path("required")) {
      if (!value.has(needed.asText())) {
        return false;
      }
    }
    for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
      JsonNode rule = each.getValue();
      JsonNode given = value.path(each.getKey());
      if (!given.isMissingNode() && (rule.has("const") || rule.has("enum"))) {
        boolean isOne = rule.path("const").equals(given);
        for (JsonNode choice : rule.path("enum")) {
          isOne |= choice.equals(given);
        }
        if (!isOne) {
          return false;
        }
      }
    }
    return true;
  }

  private void array(JsonNode schema, JsonNode value, String pointer) {
    JsonNode items = schema.path("items");
    if (items.has("properties") || items.has("oneOf")) {
      for (int i = 0; i < value.size(); i++) {
        add(pointer);
        fill(items, value.get(i), pointer + "/" + i);
      }
      return;
    }
    List<String> texts = new ArrayList<>();
    value.forEach(each -> texts.add(each.asText()));
    boolean areChosen =
        items.has("enum") || schema.has("x-slipway-choices") || items.has("x-slipway-choices");
    if (areChosen) {
      texts.forEach(text -> click(labelled(pointer, label(items, text))));
    } else {
      element(pointer).sendKeys(String.join("\n", texts));
    }
  }

  private void choose(JsonNode schema, String value, String pointer) {
    if (schema.path("enum").size() <= MOST_RADIOS) {
      click(labelled(pointer, label(schema, value)));
    } else {
      option(value, pointer);
    }
  }

  private void option(String value, String pointer) {
    element(pointer).findElement(By.cssSelector("option[value='" + value + "']")).click();
  }

  private static String label(JsonNode schema, String value) {
    return schema.path("x-slipway-labels").path(value).asText(value);
  }

  /** The radio or checkbox with a label. */
  private WebElement labelled(String pointer, String label) {
    return browser.find("#" + id(pointer)).findElements(By.tagName("label")).stream()
        .filter(each -> each.getText().replace(" (usual)", "").strip().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(pointer + " offers no " + label))
        .findElement(By.tagName("input"));
  }

  private WebElement element(String pointer) {
    return browser.find("#" + id(pointer));
  }

  private void click(WebElement element) {
    browser.script("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }
}
