package dev.slipway.local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * @param files where the files lie that the value names as {@code {"$file": path}}
   */
  FormFiller(Browser browser, Path files) {
    this.browser = browser;
    this.files = files;
  }

  /** Fills in a value of a schema, from an empty form. */
  void fill(JsonNode schema, JsonNode value) {
    fill(schema, value, "");
  }

  private static String id(String pointer) {
    return "f"
        + NOT_IN_IDS
            .matcher(pointer)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "-" + Integer.toHexString(found.group().charAt(0)) + "-"));
  }

  private void fill(JsonNode schema, JsonNode value, String pointer) {
    if (schema.has("oneOf")) {
      int form = form(schema.path("oneOf"), value);
      click(browser.all("input[name='" + id(pointer) + "']").get(form));
      fill(schema.path("oneOf").get(form), value, pointer);
    } else if (schema.has("properties")) {
      for (String name : names(schema)) {
        JsonNode child = schema.path("properties").path(name);
        if (value.has(name) && !child.has("const")) {
          fill(child, value.path(name), pointer + "/" + name);
        }
      }
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
    } else {
      element(pointer).sendKeys(value.asText());
    }
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

  /** The form whose constants and needed fields a value has. */
  private static int form(JsonNode forms, JsonNode value) {
    for (int i = 0; i < forms.size(); i++) {
      JsonNode form = forms.get(i);
      boolean fits = true;
      for (JsonNode needed : form.path("required")) {
        JsonNode rule = form.path("properties").path(needed.asText()).path("const");
        JsonNode given = value.path(needed.asText());
        fits &= !given.isMissingNode() && (rule.isMissingNode() || rule.equals(given));
      }
      if (fits) {
        return i;
      }
    }
    throw new AssertionError("no form fits " + value);
  }

  private void array(JsonNode schema, JsonNode value, String pointer) {
    JsonNode items = schema.path("items");
    if (items.has("properties") || items.has("oneOf")) {
      for (int i = 0; i < value.size(); i++) {
        WebElement add =
            browser.find("#" + id(pointer)).findElement(By.cssSelector(":scope > .add"));
        click(add);
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
      element(pointer).findElement(By.cssSelector("option[value='" + value + "']")).click();
    }
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
