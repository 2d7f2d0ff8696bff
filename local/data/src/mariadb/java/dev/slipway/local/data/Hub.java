package dev.slipway.local.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A hub's database with two tenants: acme, which moves, and rival. User 3 belongs to organisations
 * of both.
 */
final class Hub {
  static final String MAP =
      """
      mnohub:
        engine: mysql
        tables:
          tenants: {class: root, tenant: uid}
          organizations: {via: tenant_id -> tenants.id, scope: uid, group: uid, unique: uid}
          orga_relations: {via: organization_id → organizations.id, also: user_id -> users.id}
          users: {via: id <- orga_relations.user_id, drop: [reset_*], set: {state: moved}, unique: email}
          app_instances:
            via: >-
              owner_id -> organizations.id when owner_type = 'Organization'
              | owner_id -> users.id when owner_type = 'User'
            group: uid
            drop: oauth_keys
          audit_events: {via: organization_id -> organizations.id}
          apps: {class: reference, match: nid}
          credit_cards: {class: never}
      """;

  private static final String SCHEMA =
      """
      CREATE TABLE tenants (id INT PRIMARY KEY AUTO_INCREMENT, uid VARCHAR(60));
      CREATE TABLE apps (id INT PRIMARY KEY AUTO_INCREMENT, nid VARCHAR(60));
      CREATE TABLE organizations (id INT PRIMARY KEY AUTO_INCREMENT, uid VARCHAR(60) UNIQUE,
        name VARCHAR(200), tenant_id INT NOT NULL REFERENCES tenants (id),
        parent_id INT REFERENCES organizations (id));
      CREATE TABLE users (id INT PRIMARY KEY AUTO_INCREMENT, email VARCHAR(200) UNIQUE,
        reset_token VARCHAR(60) DEFAULT 'none', state VARCHAR(20), born DATE, photo BLOB,
        score DOUBLE, flags BIT(3), money DECIMAL(20,6), seen DATETIME(6),
        shouted VARCHAR(200) AS (UPPER(email)) VIRTUAL);
      CREATE TABLE orga_relations (id BIGINT PRIMARY KEY AUTO_INCREMENT,
        organization_id INT NOT NULL REFERENCES organizations (id),
        user_id INT NOT NULL REFERENCES users (id));
      CREATE TABLE app_instances (id INT PRIMARY KEY AUTO_INCREMENT, uid VARCHAR(60),
        owner_id INT, owner_type VARCHAR(20), app_id INT REFERENCES apps (id), oauth_keys TEXT);
      CREATE TABLE audit_events (id BIGINT PRIMARY KEY AUTO_INCREMENT, organization_id INT,
        user_id INT REFERENCES users (id), note TEXT);
      CREATE TABLE credit_cards (id INT PRIMARY KEY AUTO_INCREMENT, user_id INT, token TEXT);
      """;

  private static final String SOURCE =
      """
      INSERT INTO tenants VALUES (1, 'acme'), (2, 'rival');
      INSERT INTO apps VALUES (1, 'xero'), (2, 'magento'), (3, 'unused');
      INSERT INTO organizations VALUES (1, 'org-a', 'Füße & Söhne', 1, NULL),
        (2, 'org-b', NULL, 1, 1), (3, 'org-r', 'Rival', 2, NULL);
      INSERT INTO users (id, email, reset_token, born, photo, score, flags, money, seen) VALUES
        (1, 'ann@acme.example', 'secret-1', '1980-02-29', X'00FF10', 0.1, b'101', 12.345678,
          '2026-11-01 10:00:00.123456'),
        (2, 'bob@acme.example', 'secret-2', NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 'both@acme.example', 'secret-3', NULL, X'', 1e300, b'0', -1, NULL),
        (4, 'rita@rival.example', 'secret-4', NULL, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO orga_relations (organization_id, user_id) VALUES (1, 1), (2, 2), (1, 3), (3, 3),
        (3, 4);
      INSERT INTO app_instances VALUES (1, 'cld-1', 1, 'Organization', 1, 'token'),
        (2, 'cld-2', 3, 'Organization', 2, 'token'), (3, 'cld-3', 3, 'User', 2, 'token'),
        (4, 'cld-4', 4, 'User', 1, 'token');
      INSERT INTO audit_events (organization_id, user_id, note)
        SELECT 1 + seq %% 3, CASE WHEN seq %% 3 = 2 THEN 4 ELSE 1 END, CONCAT('event ', seq)
        FROM seq_1_to_4500;
      INSERT INTO credit_cards VALUES (1, 1, 'card');
      """
          .replace("%%", "%");

  /** It has a tenant, the vendor's applications under other ids, and somebody who supports it. */
  private static final String TARGET =
      """
      INSERT INTO tenants VALUES (7, 'acme-own');
      INSERT INTO apps VALUES (11, 'magento'), (12, 'xero');
      INSERT INTO users (id, email) VALUES (1, 'support@vendor.example');
      """;

  private Hub() {}

  static void source(Connection connection) throws SQLException {
    run(connection, SCHEMA + SOURCE);
  }

  static void target(Connection connection) throws SQLException {
    run(connection, SCHEMA + TARGET);
  }

  static void run(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : script.split(";\\s*\n", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }

  /** The first column of an answer. */
  static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
