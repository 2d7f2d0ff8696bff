package dev.slipway.local.data.map;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column that leads to a row of another table, as the map writes it:
 *
 * <pre>
 * organization_id -> organizations.id                           the row belongs where that one belongs
 * id <- orga_relations.user_id                                  the row belongs where one of these belongs
 * owner_id -> users.id when owner_type = 'User'                 only in such rows
 * </pre>
 *
 * @param column of the table itself
 * @param backward whether the other table names this one
 * @param table the other table
 * @param other its column
 * @param whenColumn the column that says whether the link holds; null: it holds in each row
 * @param whenValue that column's value then
 */
public record Link(
    String column,
    boolean backward,
    String table,
    String other,
    String whenColumn,
    String whenValue) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\w+) *(->|→|<-|←) *(\\w+)\\.(\\w+)(?: +when +(\\w+) *= *'([\\w:. -]{1,60})')?");

  static Link parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("`" + text + "` must be such as `a_id -> a.id`");
    }
    boolean backward = form.group(2).equals("<-") || form.group(2).equals("←");
    return new Link(
        form.group(1), backward, form.group(3), form.group(4), form.group(5), form.group(6));
  }

  /** A foreign key of the database itself. */
  public static Link of(String column, String table, String other) {
    return new Link(column, false, table, other, null, null);
  }

  /** The other table's column, as a name of its values. */
  public String end() {
    return table + "." + other;
  }
}
