package dev.slipway.local.data.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.map.Link;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/** One connection to a MySQL or MariaDB, and what the database says of its tables. */
public final class SqlDatabase implements AutoCloseable {
  private static final int FETCHED = 1000;
  private static final Set<String> BINARY =
      Set.of(
          "bit",
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection");

  private final Connection connection;

  private SqlDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects. Times are UTC, on both sides of a move.
   *
   * @param address such as {@code jdbc:mariadb://db.internal:3306/maestrano?sslMode=verify-full}
   * @param login with {@code user} and {@code password}
   */
  public static SqlDatabase open(String address, JsonNode login) throws SQLException {
    if (!address.startsWith("jdbc:mariadb://") || address.matches(".*[?&](user|password)=.*")) {
      throw new DataTrouble(
          "address-wrong",
          "The address must be jdbc:mariadb://HOST:PORT/DATABASE, without a login in it.");
    }
    Properties properties = new Properties();
    properties.put("user", login.path("user").asText());
    properties.put("password", login.path("password").asText());
    Connection connection = DriverManager.getConnection(address, properties);
    SqlDatabase database = new SqlDatabase(connection);
    database.execute("SET SESSION time_zone = '+00:00', net_write_timeout = 3600");
    return database;
  }

  Connection connection() {
    return connection;
  }

  /** All that is read from now on is of one moment. */
  void snapshot() throws SQLException {
    execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  }

  void execute(String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Hears of a row of an answer. */
  @FunctionalInterface
  interface Row {
    void at(ResultSet row) throws SQLException;
  }

  void query(Sql sql, Row each) throws SQLException {
    try (PreparedStatement statement = prepared(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        each.at(rows);
      }
    }
  }

  /** As {@link #query}, for an answer that may be too large to be kept. */
  void stream(Sql sql, Row each) throws SQLException {
    try (PreparedStatement statement = prepared(sql)) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.at(rows);
        }
      }
    }
  }

  long count(Sql sql) throws SQLException {
    long[] count = {0};
    query(sql, row -> count[0] = row.getLong(1));
    return count[0];
  }

  /** A statement whose answer is read row by row, however large it is. */
  Statement streaming() throws SQLException {
    Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(FETCHED);
    return statement;
  }

  private PreparedStatement prepared(Sql sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.text());
    for (int i = 0; i < sql.values().size(); i++) {
      statement.setString(i + 1, sql.values().get(i));
    }
    return statement;
  }

  /** A value as a dump holds it. */
  static byte[] value(ResultSet row, int index, SqlTable.Column column) throws SQLException {
    if (column.raw()) {
      return row.getBytes(index);
    }
    String text = row.getString(index);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The tables with their columns; views and columns that the database computes are left out. */
  Map<String, List<SqlTable.Column>> tables() throws SQLException {
    Map<String, List<SqlTable.Column>> tables = new LinkedHashMap<>();
    query(
        Sql.of(
            "SELECT t.table_name, c.column_name, c.data_type, c.character_octet_length, c.extra"
                + " FROM information_schema.tables t JOIN information_schema.columns c"
                + " ON c.table_schema = t.table_schema AND c.table_name = t.table_name"
                + " WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'"
                + " ORDER BY t.table_name, c.ordinal_position"),
        row -> {
          boolean binary = BINARY.contains(row.getString(3));
          boolean raw = binary || row.getString(4) != null;
          List<SqlTable.Column> columns =
              tables.computeIfAbsent(row.getString(1), unknown -> new ArrayList<>());
          if (!row.getString(5).matches("(STORED|VIRTUAL) GENERATED.*")) {
            columns.add(new SqlTable.Column(row.getString(2), binary, raw, null));
          }
        });
    return tables;
  }

  /** The database's own foreign keys, by table. */
  Map<String, List<Link>> foreignKeys() throws SQLException {
    Map<String, List<Link>> links = new LinkedHashMap<>();
    query(
        Sql.of(
            "SELECT table_name, column_name, referenced_table_name, referenced_column_name"
                + " FROM information_schema.key_column_usage"
                + " WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"
                + " ORDER BY table_name, column_name"),
        row ->
            links
                .computeIfAbsent(row.getString(1), unknown -> new ArrayList<>())
                .add(Link.of(row.getString(2), row.getString(3), row.getString(4))));
    return links;
  }

  /** Hands on each column that alone tells a table's rows apart. */
  void uniqueColumns(Consumer<String> tableAndColumn) throws SQLException {
    query(
        Sql.of(
            "SELECT table_name, MIN(column_name) FROM information_schema.statistics"
                + " WHERE table_schema = DATABASE() AND non_unique = 0"
                + " GROUP BY table_name, index_name HAVING COUNT(*) = 1"),
        row -> tableAndColumn.accept(row.getString(1) + "." + row.getString(2)));
  }

  /** The bytes of a row of a table, on the average, as the database estimates them. */
  long bytesOfRow(String table) throws SQLException {
    return estimate("avg_row_length", table);
  }

  /** The number of a table's rows, as the database estimates it. */
  long rowsOf(String table) throws SQLException {
    return estimate("table_rows", table);
  }

  private long estimate(String what, String table) throws SQLException {
    return count(
        Sql.of(
            "SELECT COALESCE(%s, 0) FROM information_schema.tables".formatted(what)
                + " WHERE table_schema = DATABASE() AND table_name = ?",
            table));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
