package dev.slipway.enterprise.datamigration;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The SQL by which the rows of organisations get another marketplace in a connector's database
 * (maestrano-connector-rails, {@code db/migrate}: {@code organizations}, {@code users}, {@code
 * user_organization_rels}; no index is unique over uid and tenant).
 *
 * @param from the marketplace's name in the source
 * @param to its name in the target
 * @param uids of the organisations
 */
record RenameSql(String from, String to, Set<String> uids) {
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private String list() {
    return uids.stream().map(RenameSql::quoted).collect(Collectors.joining(", "));
  }

  /** Those that are there under both names; there may be none. */
  String collisions() {
    return """
        SELECT uid FROM organizations WHERE tenant IN (%1$s, %2$s) AND uid IN (%3$s)
          GROUP BY uid HAVING COUNT(*) > 1;
        SELECT u.uid FROM users u JOIN users o ON o.uid = u.uid AND o.tenant = %2$s
          WHERE u.tenant = %1$s AND u.id IN (SELECT r.user_id FROM user_organization_rels r
            JOIN organizations g ON g.id = r.organization_id WHERE g.tenant = %1$s AND g.uid IN (%3$s));
        State how many rows each gives: `organizations` and `users`. Both have to be 0."""
        .formatted(quoted(from), quoted(to), list());
  }

  /** Renames; users first, as long as their organisations can be told. */
  String rename() {
    return statements(from, to)
        + "COMMIT if %d organisations are changed, else ROLLBACK. State how many rows each changed: `users` and `organizations`."
            .formatted(uids.size());
  }

  /** Takes it back. */
  String undo() {
    return statements(to, from) + "COMMIT.";
  }

  private String statements(String old, String changed) {
    return """
        START TRANSACTION;
        UPDATE users SET tenant = %2$s WHERE tenant = %1$s AND id IN (SELECT r.user_id FROM user_organization_rels r
          JOIN organizations g ON g.id = r.organization_id WHERE g.tenant = %1$s AND g.uid IN (%3$s));
        UPDATE organizations SET tenant = %2$s WHERE tenant = %1$s AND uid IN (%3$s);
        """
        .formatted(quoted(old), quoted(changed), list());
  }
}
