package dev.slipway.local.data.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement, or a part of one, with the values for its question marks. */
record Sql(String text, List<String> values) {
  static Sql of(String text, String... values) {
    return new Sql(text, List.of(values));
  }

  /** The same with a further part. */
  Sql and(Sql part) {
    List<String> all = new ArrayList<>(values);
    all.addAll(part.values);
    return new Sql(text + part.text, all);
  }

  /** A column among these values. */
  static Sql in(String column, List<String> values) {
    return new Sql(
        column + " IN (" + String.join(",", Collections.nCopies(values.size(), "?")) + ")", values);
  }

  /** A name of the map's or of the database's, as a statement holds it. */
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String name(String table, String column) {
    return name(table) + "." + name(column);
  }
}
