package dev.slipway.local.data.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the object is called that a row names, as the map writes it: a bucket, and the object's key,
 * in which columns of the row stand in braces.
 *
 * <pre>
 * assets/uploads/organization/logo/{id}/{logo}                  as CarrierWave stores it
 * invoices/{pdf_key}                                            the column holds the whole key
 * </pre>
 *
 * @param bucket as the runner is told where it is, such as {@code assets}
 * @param texts before, between and behind the columns: one more than there are columns
 * @param columns in their order
 */
public record KeyTemplate(String bucket, List<String> texts, List<String> columns) {
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9-]{0,39})/((?:[^{}\\p{Cntrl}]|\\{\\w{1,64}\\}){1,500})");
  private static final Pattern COLUMN = Pattern.compile("\\{(\\w+)\\}");

  static KeyTemplate parse(String text) {
    Matcher form = FORM.matcher(text);
    List<String> texts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    if (form.matches()) {
      String key = form.group(2);
      Matcher column = COLUMN.matcher(key);
      int behind = 0;
      while (column.find()) {
        texts.add(key.substring(behind, column.start()));
        columns.add(column.group(1));
        behind = column.end();
      }
      texts.add(key.substring(behind));
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "`" + text + "` must be a bucket and a key with columns, such as `assets/logos/{logo}`");
    }
    return new KeyTemplate(form.group(1), List.copyOf(texts), List.copyOf(columns));
  }

  /**
   * The key for a row.
   *
   * @param values of the row's columns, by name; null for NULL
   * @return empty if a column is NULL or empty: then the row has no such object
   */
  public Optional<String> key(UnaryOperator<String> values) {
    StringBuilder key = new StringBuilder(texts.getFirst());
    for (int i = 0; i < columns.size(); i++) {
      String value = values.apply(columns.get(i));
      if (value == null || value.isEmpty()) {
        return Optional.empty();
      }
      key.append(value).append(texts.get(i + 1));
    }
    return Optional.of(key.toString());
  }
}
