package dev.slipway.element;

import dev.slipway.context.FunctionContext;
import java.util.List;

/**
 * The checks and looks of one checklist, in its own package, such as {@code
 * dev.slipway.hostingprovider.HostingProviderChecks}. Each provider is named in {@code
 * META-INF/services/dev.slipway.element.CheckProvider}, so that the framework knows no checklist.
 */
public interface CheckProvider {
  /** The pure checks; their names are unique among those of all checklists. */
  List<ElementCheck> checks();

  /**
   * The looks; likewise.
   *
   * @param context where a look gets its clients from, made when it first looks
   */
  default List<ElementLook> looks(FunctionContext context) {
    return List.of();
  }
}
