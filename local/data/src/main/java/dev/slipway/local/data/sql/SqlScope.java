package dev.slipway.local.data.sql;

import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in SQL which rows belong to the tenant. A dump filters otherwise, by sets of keys, so that
 * each of the two can be checked by the other.
 */
final class SqlScope {
  private final SqlPlan plan;
  private final String tenant;
  private final List<String> organisations;
  private int aliases;

  SqlScope(SqlPlan plan, String tenant, List<String> organisations) {
    this.plan = plan;
    this.tenant = tenant;
    this.organisations = organisations;
  }

  /** The condition that a row of a table belongs, for the table under another name. */
  Sql belongs(SqlTable table, String alias) {
    TableRule rule = table.rule();
    List<Sql> all = new ArrayList<>();
    if (rule.tenant() != null) {
      all.add(Sql.of(Sql.name(alias, rule.tenant()) + " = ?", tenant));
    }
    if (rule.scope() != null && !organisations.isEmpty()) {
      all.add(Sql.in(Sql.name(alias, rule.scope()), organisations));
    }
    if (!rule.via().isEmpty()) {
      all.add(joined(" OR ", rule.via().stream().map(link -> leads(link, alias)).toList()));
    }
    return joined(" AND ", all);
  }

  /** The condition that a link leads to a row that belongs. */
  private Sql leads(Link link, String alias) {
    String other = alias();
    Sql row =
        Sql.of(
            "EXISTS (SELECT 1 FROM %s %s WHERE %s = %s AND "
                .formatted(
                    Sql.name(link.table()),
                    Sql.name(other),
                    Sql.name(other, link.other()),
                    Sql.name(alias, link.column())));
    return holds(link, alias)
        .and(row)
        .and(belongs(plan.tables().get(link.table()), other))
        .and(Sql.of(")"));
  }

  /** The condition that a link leads to a row of another tenant. */
  Sql leadsAway(Link link, String alias) {
    String other = alias();
    return holds(link, alias)
        .and(
            Sql.of(
                "EXISTS (SELECT 1 FROM %s %s WHERE %s = %s AND NOT "
                    .formatted(
                        Sql.name(link.table()),
                        Sql.name(other),
                        Sql.name(other, link.other()),
                        Sql.name(alias, link.column()))))
        .and(belongs(plan.tables().get(link.table()), other))
        .and(Sql.of(")"));
  }

  private static Sql holds(Link link, String alias) {
    return link.whenColumn() == null
        ? Sql.of("")
        : Sql.of(Sql.name(alias, link.whenColumn()) + " = ? AND ", link.whenValue());
  }

  private String alias() {
    return "r" + ++aliases;
  }

  private static Sql joined(String word, List<Sql> parts) {
    Sql joined = Sql.of("(");
    String before = "";
    for (Sql part : parts) {
      joined = joined.and(Sql.of(before)).and(part);
      before = word;
    }
    return joined.and(Sql.of(")"));
  }
}
