package dev.slipway.enterprise.datamigration;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * M65: what a connector knows of the organisations moves into the customer's own connector on
 * premise: a database of its own, by the map's section {@code connector}.
 */
public final class DumpConnectors extends TaskFunction {
  private static final String SECTION = "connector";

  private final HttpPort http;

  /** For Lambda. */
  public DumpConnectors() {
    this(FunctionContext.lambda());
  }

  public DumpConnectors(FunctionContext context) {
    this(context, context.egress());
  }

  DumpConnectors(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    move(work).perform();
  }

  @Override
  protected void verify(Work work) {
    work.proof(DataMove.FIELD, new SourceOrganizations(work, http)::look);
  }

  @Override
  protected String overForGood() {
    return DataMove.OVER;
  }

  @Override
  protected void putBack(Work work, String request) {
    move(work).putBack();
  }

  private static DataMove move(Work work) {
    return new DataMove(work, SECTION + "." + work.at("application"), Optional.empty());
  }
}
