package dev.slipway.enterprise.infrastructure;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckProvider;
import dev.slipway.element.ElementCheck;
import dev.slipway.element.ElementLook;
import java.util.List;

/** The look at the element {@code vpn} (M02). */
public final class VpnLooks implements CheckProvider {
  @Override
  public List<ElementCheck> checks() {
    return List.of();
  }

  @Override
  public List<ElementLook> looks(FunctionContext context) {
    return List.of(new VpnIsUp(context));
  }
}
