package dev.slipway.enterprise.infrastructure;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckProvider;
import dev.slipway.element.ElementCheck;
import dev.slipway.element.ElementLook;
import java.util.List;

/** The checks of and the look at the element {@code certificates} (row M05). */
public final class CertificateChecks implements CheckProvider {
  @Override
  public List<ElementCheck> checks() {
    return List.of(
        new CertificatesParse(),
        new CertificatesCoverHosts(),
        new CertificatesAreInDate(),
        new CertificatesAreStrong());
  }

  @Override
  public List<ElementLook> looks(FunctionContext context) {
    return List.of(new CertificateKeysFit());
  }
}
