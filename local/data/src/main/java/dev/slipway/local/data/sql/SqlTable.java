package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import java.util.List;

/**
 * A table as the map and the database say together.
 *
 * @param columns that are copied
 * @param links of its rows to rows of others: those of the map, and the database's own
 */
record SqlTable(String name, TableRule rule, List<Column> columns, List<Link> links) {

  /**
   * A column that is copied.
   *
   * @param binary whether its values are bytes, and no text
   * @param raw whether the driver hands out the bytes as they came
   * @param constant the map's value for all rows; null: the row's own
   */
  record Column(String name, boolean binary, boolean raw, String constant) {
    RowFile.Column inFile() {
      return new RowFile.Column(name, binary);
    }
  }

  List<RowFile.Column> inFile() {
    return columns.stream().map(Column::inFile).toList();
  }
}
